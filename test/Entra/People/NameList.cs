using System.Reflection;

namespace Entra.People;

/// <summary>A list of names, kept as an embedded text file with one entry a line.</summary>
internal static class NameList
{
    /// <exception cref="InvalidOperationException">The program was built without that list.</exception>
    public static string[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The list '{name}' is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
