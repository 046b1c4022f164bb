using System.Runtime.CompilerServices;
using System.Text.Json;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Queries;
using Grains.Abstractions.Resources;
using Grains.OrgUnits;

namespace Api.Moving;

/// <summary>
/// Writes a directory out, line by line: a head, the users, the groups each with its members, the resources of its own types, the users in its archive,
/// the org units, an end. Neither keys nor anything else
/// that is secret. Memory does not go with the directory's size.
/// </summary>
/// <param name="grains">The cluster.</param>
/// <param name="description">The directory.</param>
/// <param name="directory">The directory, as its grains know it.</param>
/// <param name="time">The clock.</param>
internal sealed class DirectoryExport(IGrainFactory grains, DirectoryDescription description, DirectoryContext directory, TimeProvider time)
{
    /// <summary>The form of the lines. A reader refuses one that it does not know.</summary>
    public const int FormatVersion = 1;

    private const string User = "User";

    private const string Group = "Group";

    /// <summary>How many members a line has at the most.</summary>
    private const int MembersPerLine = 1000;

    /// <summary>
    /// Up to so many members are gathered before the group is written, so that they are of the moment of its head. The members of a larger
    /// group are written as they are read.
    /// </summary>
    private const int MostGathered = 100_000;

    /// <summary>How often the members of a group that is being changed are gathered anew.</summary>
    private const int MaxGatherings = 10;

    private const int UnitsPerPage = 100;

    /// <summary>Writes the lines behind a cursor, whose type the directory must have, or all.</summary>
    public async Task Write(Stream output, ExportCursor? after, CancellationToken stop)
    {
        var lines = new LineWriter(output, after);
        if (after is null)
        {
            await lines.Write("head", WriteHead, User, default, stop);
        }

        // A cursor goes on with its own type, behind its place, and then with those that follow.
        string[] types = [User, Group, .. directory.ResourceTypes.Select(t => t.Name), ExportCursor.Archive];
        var begin = after is null ? 0 : Array.IndexOf(types, after.Type);
        for (var i = begin; i < types.Length; i++)
        {
            await WriteAll(lines, types[i], after is not null && i == begin ? after.Place : default, stop);
        }

        await WriteUnits(lines, stop);
        await lines.Write("end", json => WriteEnd(json, lines.Counts), stop);
        await lines.Flush(stop);
    }

    private async Task WriteAll(LineWriter lines, string type, IndexPosition after, CancellationToken stop)
    {
        await foreach (var resource in Each(type, after, stop))
        {
            switch (type)
            {
                case User:
                    lines.Counts = lines.Counts with { Users = lines.Counts.Users + 1 };
                    await lines.Write("user", json => WriteUser(json, resource), type, resource.Place, stop);
                    break;
                case ExportCursor.Archive:
                    lines.Counts = lines.Counts with { Archived = lines.Counts.Archived + 1 };
                    await lines.Write("archived", json => WriteArchived(json, resource), type, resource.Place, stop);
                    break;
                case Group:
                    await WriteGroup(lines, resource, stop);
                    break;
                default:
                    lines.Counts = lines.Counts with { Resources = lines.Counts.Resources + 1 };
                    await lines.Write("resource", json => WriteOwn(json, type, resource), type, resource.Place, stop);
                    break;
            }
        }
    }

    private static void WriteUser(Utf8JsonWriter json, ExportedResource user)
    {
        WriteResource(json, user);
        if (user.Invitation is { } invitation)
        {
            json.WriteStartObject("invitation");
            json.WriteString("at", invitation.At.UtcDateTime);
            if (invitation.By is not null)
            {
                json.WriteString("by", invitation.By);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteArchived(Utf8JsonWriter json, ExportedResource user)
    {
        json.WriteString("deleted", user.Archived!.Value.UtcDateTime);
        WriteUser(json, user);
    }

    /// <summary>The org units, with what the vendor keeps of them. An export goes on before all of them: they are few beside the users.</summary>
    private async Task WriteUnits(LineWriter lines, CancellationToken stop)
    {
        foreach (var kind in directory.Rules.OrgUnits.Select(r => r.Kind))
        {
            IndexPosition? position = new IndexPosition();
            while (position is { } after)
            {
                (var units, position) = await Confirmation.Of(() => new OrgUnitLists(grains).Page(directory, kind, name: null, after, UnitsPerPage), _ => true, time, stop);
                foreach (var unit in units)
                {
                    lines.Counts = lines.Counts with { OrgUnits = lines.Counts.OrgUnits + 1 };
                    await lines.Write("orgUnit", json => WriteUnit(json, unit), stop);
                }
            }
        }
    }

    private static void WriteUnit(Utf8JsonWriter json, OrgUnit unit)
    {
        json.WriteString("type", unit.Kind);
        json.WriteString("id", unit.Slug);
        json.WriteString("name", unit.Name);
        if (unit.DisplayName is not null)
        {
            json.WriteString("displayName", unit.DisplayName);
        }

        if (unit.Description is not null)
        {
            json.WriteString("description", unit.Description);
        }

        if (unit.Attributes.Length > 0)
        {
            json.WriteStartObject("attributes");
            foreach (var attribute in unit.Attributes)
            {
                json.WriteString(attribute.Name, attribute.Value);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteOwn(Utf8JsonWriter json, string type, ExportedResource resource)
    {
        json.WriteString("type", type);
        WriteResource(json, resource);
    }

    private static void WriteResource(Utf8JsonWriter json, ExportedResource resource)
    {
        json.WriteString("id", resource.Id);
        json.WriteNumber("version", resource.Version);
        json.WriteString("created", resource.Created.UtcDateTime);
        json.WriteString("lastModified", resource.LastModified.UtcDateTime);
        json.WritePropertyName("attributes");
        json.WriteRawValue(resource.Attributes, skipInputValidation: true);
    }

    private static void WriteMembers(Utf8JsonWriter json, ExportedResource group, IEnumerable<GroupMember> members)
    {
        json.WriteString("group", group.Id);
        json.WriteNumber("version", group.Version);
        json.WriteStartArray("members");
        foreach (var member in members)
        {
            json.WriteStartObject();
            json.WriteString("value", member.Id);
            json.WriteString("type", member.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEnd(Utf8JsonWriter json, LineCounts counts)
    {
        json.WriteNumber("lines", counts.Lines);
        json.WriteNumber("users", counts.Users);
        json.WriteNumber("groups", counts.Groups);
        json.WriteNumber("members", counts.Members);
        if (counts.Resources > 0)
        {
            json.WriteNumber("resources", counts.Resources);
        }

        if (counts.Archived > 0)
        {
            json.WriteNumber("archived", counts.Archived);
        }

        if (counts.OrgUnits > 0)
        {
            json.WriteNumber("orgUnits", counts.OrgUnits);
        }
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteNumber("format", FormatVersion);
        json.WriteString("directory", description.Id);
        json.WriteString("name", description.Name);
        json.WriteString("dialect", description.Dialect.ToString().ToLowerInvariant());
        WriteTexts(json, "userIndexes", IndexesOf(User, directory.UserIndexes));
        WriteTexts(json, "groupIndexes", IndexesOf(Group, directory.GroupIndexes));
        if (directory.ResourceTypes.Length > 0)
        {
            WriteTypes(json);
        }

        json.WriteStartArray("extensions");
        foreach (var extension in directory.Extensions)
        {
            json.WriteStartObject();
            json.WriteString("resourceType", extension.ResourceType);
            json.WriteBoolean("required", extension.Required);
            json.WritePropertyName("schema");
            json.WriteRawValue(extension.Definition);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("at", time.GetUtcNow().UtcDateTime);
    }

    private void WriteTypes(Utf8JsonWriter json)
    {
        json.WriteStartArray("resourceTypes");
        foreach (var type in directory.ResourceTypes)
        {
            json.WriteStartObject();
            json.WriteString("name", type.Name);
            json.WriteString("endpoint", type.Endpoint);
            json.WriteString("description", type.Description);
            json.WritePropertyName("schema");
            json.WriteRawValue(type.Definition);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Those that filters go by, and those that are on their way.</summary>
    private IEnumerable<string> IndexesOf(string type, string[] ready) =>
        ready.Concat(directory.Indexes.Where(i => i.ResourceType == type && i.Status == IndexStatus.Building).Select(i => i.Path));

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private async Task WriteGroup(LineWriter lines, ExportedResource listed, CancellationToken stop)
    {
        var (group, parts) = listed.MemberCount <= MembersPerLine
            ? (listed, listed.Members.Length == 0 ? [] : new List<GroupMember[]> { listed.Members })
            : await Gathered(listed, stop);
        if (group is null)
        {
            // It was deleted since it was listed.
            return;
        }

        lines.Counts = lines.Counts with { Groups = lines.Counts.Groups + 1 };
        if (parts is { Count: 0 })
        {
            await lines.Write("group", json => WriteResource(json, group), Group, listed.Place, stop);
            return;
        }

        // The export goes on behind a whole group only, since what is read later may be of another version.
        await lines.Write("group", json => WriteResource(json, group), stop);
        if (parts is not null)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                await WritePart(parts[i], isLast: i == parts.Count - 1);
            }

            return;
        }

        IndexPosition? position = new IndexPosition();
        while (position is { } after)
        {
            var page = await Members(group.Id, after, stop);
            position = page?.Next;
            await WritePart(page?.Members ?? [], isLast: position is null);
        }

        ValueTask WritePart(GroupMember[] members, bool isLast)
        {
            lines.Counts = lines.Counts with { Members = lines.Counts.Members + members.Length };
            return isLast
                ? lines.Write("members", json => WriteMembers(json, group, members), Group, listed.Place, stop)
                : lines.Write("members", json => WriteMembers(json, group, members), stop);
        }
    }

    /// <summary>A group and its members, of one moment.</summary>
    /// <returns>No group where there is none any more; no members where they are too many, or do not come to rest.</returns>
    private async Task<(ExportedResource? Group, List<GroupMember[]>? Members)> Gathered(ExportedResource listed, CancellationToken stop)
    {
        var group = await Head(listed.Id, stop);
        for (var attempt = 0; group is { MemberCount: <= MostGathered } && attempt < MaxGatherings; attempt++)
        {
            var parts = new List<GroupMember[]>();
            IndexPosition? position = new IndexPosition();
            while (position is { } after && await Members(listed.Id, after, stop) is { } page)
            {
                parts.Add(page.Members);
                position = page.Next;
            }

            var again = await Head(listed.Id, stop);
            if (position is null && again is not null && again.Version == group.Version && again.MemberCount == group.MemberCount)
            {
                return (group, parts);
            }

            group = again;
        }

        return (group, null);
    }

    private Task<ExportedResource?> Head(string id, CancellationToken stop) =>
        Confirmation.Of(() => GroupOf(id).Export(directory, mostMembers: 0), _ => true, time, stop);

    /// <returns>Null where the group is gone.</returns>
    private Task<MembersPage?> Members(string id, IndexPosition after, CancellationToken stop) =>
        Confirmation.Of<MembersPage?>(
            async () => await GroupOf(id).Members(directory, after, MembersPerLine) is { Gone: false } page ? page : null,
            _ => true,
            time,
            stop);

    private IGroupGrain GroupOf(string id) => grains.GetGrain<IGroupGrain>(GrainKeys.Resource(directory.Id, id));

    private async IAsyncEnumerable<ExportedResource> Each(string type, IndexPosition after, [EnumeratorCancellation] CancellationToken stop)
    {
        var reading = Page(type, after, stop);
        while (reading is not null)
        {
            var page = await reading;

            // The next is read while this one is written.
            reading = page.Next is { } next ? Page(type, next, stop) : null;
            foreach (var resource in page.Resources)
            {
                yield return resource;
            }
        }
    }

    private Task<ExportPage> Page(string type, IndexPosition after, CancellationToken stop) =>
        Confirmation.Of(
            () => grains.GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(directory.Id))
                .Export(directory, new ExportQuery
                {
                    ResourceType = type == ExportCursor.Archive ? User : type,
                    After = after,
                    MostMembers = MembersPerLine,
                    Archived = type == ExportCursor.Archive,
                }),
            _ => true,
            time,
            stop);
}
