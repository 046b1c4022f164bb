using System.Reflection;
using System.Text.Json;
using Entra.Model;
using Entra.Requests;

namespace Entra.Options;

/// <summary>What an application in Entra sends to its directory: the page of attribute mappings, as a file in <c>Mappings</c>.</summary>
internal sealed class AttributeMapping
{
    private const string Prefix = "mapping-";

    private readonly bool[] _sent = new bool[UserAttributePaths.Count];

    private AttributeMapping(string name, MappingFile file)
    {
        Name = name;
        Groups = file.Groups;
        Managers = file.Managers;
        Roles = file.Roles;
        BlankClears = file.BlankClears;
        foreach (var path in file.Attributes)
        {
            _sent[(int)UserAttributePaths.Of(path)] = true;
        }

        // Who types an account in by hand fills in no more than a name and a private address.
        TakesHandMade = (file.Required ?? []).All(path => UserAttributePaths.Of(path) == UserAttribute.UserName);
        Discovered = Schemas(file);
    }

    /// <summary>What a directory of the standards' attributes is sent.</summary>
    public static AttributeMapping Standard { get; } = Read("standard");

    /// <summary>The names of all that there are.</summary>
    public static string[] Names => [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..])
        .Order(StringComparer.Ordinal)];

    public string Name { get; }

    /// <summary>Whether groups are provisioned; where not, the server must have none to offer.</summary>
    public bool Groups { get; }

    public bool Managers { get; }

    /// <summary>Whether creates carry <c>roles</c>, empty as Entra has it for users without an app role.</summary>
    public bool Roles { get; }

    /// <summary>Whether what was cleared is sent as a blank, because Entra itself would send nothing.</summary>
    public bool BlankClears { get; }

    public bool TakesHandMade { get; }

    public bool Enterprise => Managers || Enumerable.Range(0, UserAttributePaths.Count).Any(i => _sent[i] && UserAttributePaths.IsEnterprise((UserAttribute)i));

    /// <summary>The attributes that <c>/Schemas</c> must list, by schema.</summary>
    public IReadOnlyList<(string Schema, string[] Attributes)> Discovered { get; }

    /// <exception cref="InvalidOperationException">There is no mapping of that name.</exception>
    public static AttributeMapping Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"There is no mapping '{name}'.");
        return new AttributeMapping(name, JsonSerializer.Deserialize(stream, MappingFileJson.Default.MappingFile)!);
    }

    public bool Sends(UserAttribute attribute) => _sent[(int)attribute];

    /// <summary>What of a person is sent: the mapped values, with those that Entra puts together from others.</summary>
    public UserValues Of(UserValues person)
    {
        var values = person.Clone();
        if (person[UserAttribute.StreetAddress] is not null)
        {
            // What is put together from what is not sent stays until that is known anew.
            values[UserAttribute.FormattedAddress] =
                $"{person[UserAttribute.StreetAddress]}\n{person[UserAttribute.PostalCode]} {person[UserAttribute.Locality]}\n{person[UserAttribute.Country]}";
        }

        values[UserAttribute.Locale] = person[UserAttribute.PreferredLanguage] ?? person[UserAttribute.Locale];
        values[UserAttribute.Timezone] = person[UserAttribute.Country] is { } country ? $"{country}/{person[UserAttribute.Locality]}" : person[UserAttribute.Timezone];
        for (var attribute = UserAttribute.ExternalId; (int)attribute < UserAttributePaths.Count; attribute++)
        {
            // A private address stands there since somebody typed it in; Entra knows nothing of it.
            if (!Sends(attribute) && attribute != UserAttribute.HomeEmail)
            {
                values[attribute] = null;
            }
        }

        return values;
    }

    private (string, string[])[] Schemas(MappingFile file)
    {
        var names = file.Attributes.Select(path => path.StartsWith(SchemaUrns.EnterpriseUser, StringComparison.Ordinal)
            ? (Schema: SchemaUrns.EnterpriseUser, Name: path[(SchemaUrns.EnterpriseUser.Length + 1)..])
            : (Schema: SchemaUrns.User, Name: path.Split('.', '[')[0])).Append((Schema: SchemaUrns.User, Name: "active"));
        names = Managers ? names.Append((SchemaUrns.EnterpriseUser, "manager")) : names;
        names = Roles ? names.Append((SchemaUrns.User, "roles")) : names;
        names = Groups ? names.Append((SchemaUrns.Group, "displayName")).Append((SchemaUrns.Group, "members")) : names;

        // externalId is common to all resources, and in no schema (RFC 7643 §3.1).
        return [.. names.Where(name => name.Name != "externalId").Distinct().GroupBy(name => name.Schema, name => name.Name).Select(group => (group.Key, group.ToArray()))];
    }
}
