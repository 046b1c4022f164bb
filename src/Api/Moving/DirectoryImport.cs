using System.IO.Pipelines;
using Api.Admin;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Scim;
using Scim.Resources;
using Scim.Schemas;

namespace Api.Moving;

/// <summary>
/// Makes what an export holds in a directory, line by line as they come in. What is there already stays as it is, so that a file may be
/// sent again. Made for one import.
/// </summary>
/// <param name="grains">The cluster.</param>
/// <param name="directoryId">The directory.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where a line is told that could not be confirmed.</param>
internal sealed partial class DirectoryImport(IGrainFactory grains, string directoryId, TimeProvider time, ILogger<DirectoryImport> logger)
{
    /// <summary>How many lines are applied at a time.</summary>
    private const int LinesAtOnce = 64;

    /// <summary>So many members are as much work as another line: few lines of many members are applied at a time, else storage that is slow would not confirm any in time.</summary>
    private const int MembersPerPlace = 16;

    /// <summary>After so many lines the directory is asked how wide its indexes have become, and whether it is still there.</summary>
    private const int LinesPerContext = 512;

    /// <summary>How many groups that are not made yet may be waited for as members. Beyond that, the file wants to be sent once more.</summary>
    private const int MostWaitedFor = 100_000;

    /// <summary>The largest number that is taken as a version: there is room for changes to come.</summary>
    private const long MaxVersion = 1L << 52;

    private static readonly OrgUnitEditValidator UnitRules = new();

    private readonly ImportTally tally = new();
    private readonly SemaphoreSlim room = new(LinesAtOnce);
    private readonly Lock gate = new();
    private readonly List<(long Line, string Group, long Version, GroupMember Member)> waiting = [];
    private DirectoryContext directory = null!;
    private LineCounts counts = new(0, 0, 0, 0);

    /// <summary>The group of the last group line, and whether it stands.</summary>
    private (string Id, Task<bool> Made) lastGroup = ("", Task.FromResult(true));
    private string kindBefore = "";

    /// <summary>The first line that could not be confirmed.</summary>
    private long? unconfirmed;

    /// <summary>Applies a file.</summary>
    public async Task<ImportOutcome> Run(PipeReader input, CancellationToken stop)
    {
        var lines = new LineReader(input);
        var (status, fault) = await Apply(lines, stop);
        await Drained();
        if (fault is null && unconfirmed is null)
        {
            await AddWaiting(stop);
        }

        if (unconfirmed is { } line)
        {
            (status, fault) = (StatusCodes.Status503ServiceUnavailable, $"Storage did not confirm line {line}. Import the file again: what stands already is left as it is.");
        }

        if (fault is not null)
        {
            await lines.Discard(stop);
        }

        return new ImportOutcome(tally.Summary, status, fault);
    }

    private async Task<(int Status, string? Fault)> Apply(LineReader lines, CancellationToken stop)
    {
        var ended = false;
        while (await lines.Next(stop) is { } bytes)
        {
            ImportLine line;
            try
            {
                line = ImportLine.Parse(bytes);
            }
            catch (FormatException exception)
            {
                return Bad($"Line {lines.Number} is not understood: {exception.Message}");
            }

            if (Misplaced(line, lines.Number, ended) is { } misplaced)
            {
                return Bad(misplaced);
            }

            if (await Declare(line.ResourceTypes) is { } undeclared)
            {
                return undeclared;
            }

            if (line.Extensions.Length > 0 && await Extend(line.Extensions) is { } refusal)
            {
                return refusal;
            }

            if (line.Kind == "head" && await Index(line) is { } unindexed)
            {
                return unindexed;
            }

            if ((lines.Number - 1) % LinesPerContext == 0 && !await Know())
            {
                return (StatusCodes.Status404NotFound, "There is no such directory.");
            }

            ended = line.Kind == "end";
            await Start(line, lines.Number, stop);
            if (Unconfirmed)
            {
                return (StatusCodes.Status503ServiceUnavailable, null);
            }
        }

        return lines.Fault is { } fault ? Bad($"Line {lines.Number} {fault} Nothing behind line {lines.Number - 1} was applied.")
            : !ended ? Bad(lines.Number == 0 ? "The file is empty." : $"The file breaks off behind line {lines.Number}: it has no end line.")
            : (StatusCodes.Status200OK, null);
    }

    /// <summary>Puts the resource types of the directory that was exported into this one.</summary>
    /// <returns>Why one cannot be had here; null where all stand.</returns>
    private async Task<(int Status, string? Fault)?> Declare(DirectoryResourceType[] types)
    {
        foreach (var type in types)
        {
            if ((await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directoryId)).PutResourceType(type)).Error is { } error)
            {
                return (error.Status, $"The resource type '{type.Name}' cannot be had in this directory: {error.Detail}");
            }
        }

        return null;
    }

    /// <summary>Puts the extensions of the directory that was exported into this one, so that their attributes are known.</summary>
    /// <returns>Why one cannot be had here; null where all stand.</returns>
    private async Task<(int Status, string? Fault)?> Extend(DirectoryExtension[] extensions)
    {
        foreach (var extension in extensions)
        {
            if ((await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directoryId)).PutExtension(extension)).Error is { } error)
            {
                return (error.Status, $"The schema '{extension.Urn}' cannot be had in this directory: {error.Detail}");
            }
        }

        return null;
    }

    /// <summary>Adds the indexes of the directory that was exported to those of this one, as far as there is room.</summary>
    /// <returns>Why that was not confirmed; null where it was.</returns>
    private async Task<(int Status, string? Fault)?> Index(ImportLine head)
    {
        var change = new ChangeIndexes { UserIndexes = head.UserIndexes, GroupIndexes = head.GroupIndexes, OnlyAdd = true };
        return (await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directoryId)).ChangeIndexes(change)).Error is { } error
            ? (error.Status, $"The indexes cannot be had in this directory: {error.Detail}")
            : null;
    }

    /// <summary>Learns how the directory is by now.</summary>
    /// <returns>False where it is no longer there.</returns>
    private async Task<bool> Know()
    {
        if (await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directoryId)).Context() is not { } current)
        {
            return false;
        }

        directory = current;
        return true;
    }

    private bool Unconfirmed
    {
        get
        {
            lock (gate)
            {
                return unconfirmed is not null;
            }
        }
    }

    private static (int Status, string? Fault) Bad(string fault) => (StatusCodes.Status400BadRequest, fault);

    private string? Misplaced(ImportLine line, long number, bool ended) =>
        ended ? $"Line {number} stands behind the end line."
        : (number == 1) != (line.Kind == "head") ? $"Line {number} is not understood: the head line is the first, and no other is."
        : line.Kind == "head" && line.Format != DirectoryExport.FormatVersion ? $"The file has format {line.Format}; this server understands format {DirectoryExport.FormatVersion}."
        : line.Kind == "end" && line.Counts != counts with { Lines = number } ? $"Line {number} is not understood: what it counts is not what the file holds."
        : null;

    private async Task Start(ImportLine line, long number, CancellationToken stop)
    {
        if ((line.Kind is "user" or "group" && kindBefore is "user" or "group" or "members" && (line.Kind == "user") != (kindBefore == "user"))
            || (line.Kind == "orgUnit" && kindBefore != "orgUnit"))
        {
            // Users are members of the groups behind them, and make the org units of which more is said there.
            await Drained();
        }

        kindBefore = line.Kind;
        switch (line.Kind)
        {
            case "user":
                counts = counts with { Users = counts.Users + 1 };
                await room.WaitAsync(stop);
                _ = Run(number, () => Make(line, number, DirectorySchemas.Of(directory).User, stop));
                break;
            case "group":
                counts = counts with { Groups = counts.Groups + 1 };
                await room.WaitAsync(stop);
                lastGroup = (line.Id, Run(number, () => Make(line, number, DirectorySchemas.Of(directory).Group, stop)));
                break;
            case "resource":
                counts = counts with { Resources = counts.Resources + 1 };
                await room.WaitAsync(stop);
                _ = Run(number, () => MakeOwn(line, number, stop));
                break;
            case "archived":
                counts = counts with { Archived = counts.Archived + 1 };
                await room.WaitAsync(stop);
                _ = Run(number, () => Keep(line, number, stop));
                break;
            case "orgUnit":
                counts = counts with { OrgUnits = counts.OrgUnits + 1 };
                await room.WaitAsync(stop);
                _ = Run(number, () => MakeUnit(line, number, stop));
                break;
            case "members":
                counts = counts with { Members = counts.Members + line.Members.Length };
                var places = Math.Clamp(line.Members.Length / MembersPerPlace, 1, LinesAtOnce);
                for (var i = 0; i < places; i++)
                {
                    await room.WaitAsync(stop);
                }

                var made = lastGroup.Id == line.Id ? lastGroup.Made : Task.FromResult(true);
                lastGroup = (line.Id, Run(number, () => Add(line, number, made, stop), places));
                break;
        }
    }

    /// <summary>Waits until every line that was started is done.</summary>
    private async Task Drained()
    {
        for (var i = 0; i < LinesAtOnce; i++)
        {
            await room.WaitAsync();
        }

        room.Release(LinesAtOnce);
    }

    private async Task<bool> Run(long line, Func<Task<bool>> apply, int places = 1)
    {
        try
        {
            return await apply();
        }
        catch (Exception exception)
        {
            LogUnconfirmed(logger, directoryId, line, exception);
            lock (gate)
            {
                unconfirmed = Math.Min(unconfirmed ?? line, line);
            }

            return false;
        }
        finally
        {
            room.Release(places);
        }
    }

    /// <returns>Whether the resource, of a type of the directory's own, stands as the line has it.</returns>
    private Task<bool> MakeOwn(ImportLine line, long number, CancellationToken stop)
    {
        var schemas = DirectorySchemas.Of(directory);
        if (schemas.FindResourceType(line.Type) is { } type && type != schemas.User && type != schemas.Group)
        {
            return Make(line, number, type, stop);
        }

        tally.Refuse(line.Kind, number, line.Id, $"The directory has no resource type '{line.Type}' of its own.");
        return Task.FromResult(false);
    }

    /// <returns>Whether the org unit stands as the line has it.</returns>
    private async Task<bool> MakeUnit(ImportLine line, long number, CancellationToken stop)
    {
        var kept = line.Kept!;
        var fault = !directory.Rules.OrgUnits.Any(r => r.Kind == line.Type) ? $"The directory's profile has no org units of kind '{line.Type}'."
            : !GrainKeys.IsPart(line.Id) || string.IsNullOrWhiteSpace(line.Name) ? "It has no id or name that a unit can have."
            : UnitRules.Validate(kept) is { IsValid: false } faults ? string.Join(' ', faults.Errors.Select(e => $"{e.PropertyName} {e.ErrorMessage}"))
            : null;
        if (fault is null)
        {
            var change = new OrgUnitChange
            {
                DisplayName = kept.DisplayName,
                Description = kept.Description,
                Attributes = [.. (kept.Attributes ?? new Dictionary<string, string?>(StringComparer.Ordinal)).Select(a => new OrgUnitAttribute { Name = a.Key, Value = a.Value! })],
            };
            var unit = grains.GetGrain<IOrgUnitGrain>(GrainKeys.OrgUnit(directoryId, line.Type, line.Id));
            var reply = await Confirmation.Of(() => unit.Import(directory, line.Name, change), answer => answer.Error is not { Status: >= 500 }, time, stop);
            fault = reply.Error?.Detail;
            if (fault is null)
            {
                tally.Count(line.Kind, created: reply.AlreadyThere ? 0 : 1, alreadyThere: reply.AlreadyThere ? 1 : 0);
                return true;
            }
        }

        tally.Refuse(line.Kind, number, line.Id, fault);
        return false;
    }

    /// <returns>Whether the user is in the archive as the line has it.</returns>
    private Task<bool> Keep(ImportLine line, long number, CancellationToken stop)
    {
        if (directory.Rules.Archives)
        {
            return Make(line, number, DirectorySchemas.Of(directory).User, stop);
        }

        tally.Refuse(line.Kind, number, line.Id, "The directory's profile does not archive.");
        return Task.FromResult(false);
    }

    /// <returns>Whether the resource stands as the line has it.</returns>
    private async Task<bool> Make(ImportLine line, long number, ResourceType type, CancellationToken stop)
    {
        if (Fault(line) is { } fault)
        {
            tally.Refuse(line.Kind, number, line.Id, fault);
            return false;
        }

        if (!ResourceReader.Read(line.Attributes, type, Dialect.Entra).TryGet(out var attributes, out var error))
        {
            tally.Refuse(line.Kind, number, line.Id, error.Detail);
            return false;
        }

        if (line.Kind == "group" && attributes.ContainsKey(GroupMembers.Attribute))
        {
            tally.Refuse(line.Kind, number, line.Id, "Members stand in lines of their own, not among the attributes.");
            return false;
        }

        var import = new ImportResource
        {
            Attributes = JsonBody.ToUtf8(attributes),
            Version = line.Version,
            Created = line.Created,
            LastModified = line.LastModified,
            Archived = line.Deleted,
            Invitation = line.Invitation,
        };
        var key = GrainKeys.Resource(directoryId, line.Id);
        var reply = await Confirmation.Of(
            () => line.Kind == "group"
                ? grains.GetGrain<IGroupGrain>(key).Import(directory, import)
                : grains.GetGrain<IUserGrain>(key).Import(directory.For(type.Name), import),
            answer => answer.Error is not { Status: >= 500 },
            time,
            stop);
        if (reply.Error is { } refusal)
        {
            tally.Refuse(line.Kind, number, line.Id, refusal.Detail);
            return false;
        }

        tally.Count(line.Kind, created: reply.AlreadyThere ? 0 : 1, alreadyThere: reply.AlreadyThere ? 1 : 0);
        return true;
    }

    private static string? Fault(ImportLine line) =>
        !IsId(line.Id) ? "The id is no UUID in lower case."
        : line.Version is < 1 or > MaxVersion ? $"The version is {line.Version}; it must be between 1 and {MaxVersion}."
        : null;

    private static bool IsId(string id) => Guid.TryParseExact(id, "D", out var parsed) && parsed.ToString() == id;

    /// <returns>Whether the group takes members.</returns>
    private async Task<bool> Add(ImportLine line, long number, Task<bool> made, CancellationToken stop)
    {
        if (!await made)
        {
            // Where the group could not be confirmed, that is told.
            tally.Refuse("members", number, line.Id, "The group was refused, and so are its members.", line.Members.Length);
            return false;
        }

        if (!IsId(line.Id))
        {
            tally.Refuse("members", number, line.Id, "The id of the group is no UUID in lower case.", line.Members.Length);
            return false;
        }

        return await Add(number, line.Id, line.Version, line.Members, wait: true, stop);
    }

    private async Task<bool> Add(long number, string id, long version, GroupMember[] members, bool wait, CancellationToken stop)
    {
        var distinct = members.DistinctBy(m => m.Id, StringComparer.Ordinal).ToArray();
        if (distinct.Length == 0)
        {
            return true;
        }

        var group = grains.GetGrain<IGroupGrain>(GrainKeys.Resource(directoryId, id));
        var reply = await Confirmation.Of(
            () => group.ImportMembers(directory, new ImportMembers { Members = distinct, Version = version }),
            answer => answer.Error is not { Status: >= 500 },
            time,
            stop);
        if (reply.Error is { } refusal)
        {
            tally.Refuse("members", number, id, refusal.Detail, distinct.Length);
            return false;
        }

        tally.Count("members", reply.Added, reply.AlreadyThere);
        foreach (var missing in reply.Missing)
        {
            var member = Array.Find(distinct, m => m.Id == missing)!;
            if (missing == id)
            {
                tally.Refuse("members", number, id, "A group cannot be a member of itself.");
            }
            else if (!wait || member.Type != "Group" || !Wait(number, id, version, member))
            {
                tally.Refuse("members", number, id, wait && member.Type == "Group"
                    ? $"The group '{missing}' comes later in the file, and no more than {MostWaitedFor} are waited for. Import the file once more."
                    : $"There is no user or group '{missing}' in this directory to be a member.");
            }
        }

        return true;
    }

    /// <summary>A group may come behind the groups that it is a member of.</summary>
    private bool Wait(long line, string group, long version, GroupMember member)
    {
        lock (gate)
        {
            if (waiting.Count >= MostWaitedFor)
            {
                return false;
            }

            waiting.Add((line, group, version, member));
            return true;
        }
    }

    private async Task AddWaiting(CancellationToken stop)
    {
        await Know();
        foreach (var group in waiting.OrderBy(w => w.Line).GroupBy(w => w.Line))
        {
            await room.WaitAsync(stop);
            var first = group.First();
            _ = Run(group.Key, () => Add(group.Key, first.Group, first.Version, [.. group.Select(w => w.Member)], wait: false, stop));
        }

        await Drained();
    }

    [LoggerMessage(1, LogLevel.Warning, "Import into directory {Directory}: line {Line} was not confirmed")]
    private static partial void LogUnconfirmed(ILogger logger, string directory, long line, Exception exception);
}
