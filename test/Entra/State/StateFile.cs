using System.Text.Json;
using Entra.Cycles;
using Entra.Model;

namespace Entra.State;

/// <summary>Writes the models of a run to a file, and reads them back.</summary>
internal static class StateFile
{
    public static async Task SaveAsync(FileInfo file, IEnumerable<DirectoryUnderTest> directories, CancellationToken cancellation)
    {
        var run = new SavedRun(SavedRun.CurrentFormat, [.. directories.Select(Freeze)]);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // The tokens are in it.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(file.FullName, options);
        await JsonSerializer.SerializeAsync(stream, run, SavedRunJson.Default.SavedRun, cancellation);
    }

    /// <exception cref="JsonException">The file is not one that <see cref="SaveAsync"/> wrote.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<List<DirectoryUnderTest>> LoadAsync(FileInfo file, CancellationToken cancellation)
    {
        await using var stream = file.OpenRead();
        var run = await JsonSerializer.DeserializeAsync(stream, SavedRunJson.Default.SavedRun, cancellation);
        if (run?.Format != SavedRun.CurrentFormat)
        {
            throw new JsonException($"The state is of format {run?.Format}; this simulator reads format {SavedRun.CurrentFormat}.");
        }

        return [.. run.Directories.Select(Thaw)];
    }

    private static SavedDirectory Freeze(DirectoryUnderTest directory)
        => new(
            directory.Name,
            directory.Url,
            directory.Token,
            directory.Dialect,
            [.. directory.Model.Users.Select(user => new SavedUser(
                user.Id,
                user.Deleted,
                user.Values.Active,
                user.Values.ToArray(),
                user.Manager?.Index ?? -1,
                user.Version,
                user.SentMisspeltSchema,
                user.CreatedByHand,
                user.FormerNames?.ToArray()))],
            [.. directory.Model.Groups.Select(group => new SavedGroup(
                group.Id,
                group.Deleted,
                group.DisplayName,
                group.ExternalId,
                group.Version,
                group.FormerNames?.ToArray(),
                [.. group.MembersInOrder().Select(member => member.Index)]))]);

    private static DirectoryUnderTest Thaw(SavedDirectory saved)
    {
        var model = new DirectoryModel();
        foreach (var user in saved.Users)
        {
            var record = model.AddUser(new UserValues(user.Values) { Active = user.Active });
            record.Id = user.Id;
            record.Deleted = user.Deleted;
            record.Version = user.Version;
            record.SentMisspeltSchema = user.SentMisspeltSchema;
            record.CreatedByHand = user.CreatedByHand;
            record.FormerNames = user.FormerNames is null ? null : [.. user.FormerNames];
        }

        foreach (var (user, record) in saved.Users.Zip(model.Users))
        {
            record.Manager = user.Manager < 0 ? null : model.Users[user.Manager];
        }

        foreach (var group in saved.Groups)
        {
            var record = new GroupRecord(group.DisplayName, group.ExternalId)
            {
                Id = group.Id,
                Deleted = group.Deleted,
                Version = group.Version,
                FormerNames = group.FormerNames is null ? null : [.. group.FormerNames],
            };
            record.Add(group.Members.Select(member => model.Users[member]));
            model.Groups.Add(record);
        }

        return new DirectoryUnderTest(saved.Name, saved.Url, saved.Token, saved.Dialect, model);
    }
}
