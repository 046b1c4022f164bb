namespace Scim.Schemas;

/// <summary>The schema documents that are part of this library: <c>Schemas/Definitions/*.json</c>.</summary>
internal static class StandardDefinitions
{
    public static Schema Load(string name)
    {
        using var stream = typeof(StandardDefinitions).Assembly.GetManifestResourceStream($"Scim.Schemas.Definitions.{name}.json")
            ?? throw new InvalidOperationException($"The library has no schema definition '{name}'.");
        var utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        return SchemaReader.ReadStandard(utf8).Value;
    }
}
