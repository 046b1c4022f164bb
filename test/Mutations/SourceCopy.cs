namespace Mutations;

/// <summary>A copy of the repository's source, so that what is broken in it is broken nowhere else.</summary>
internal sealed class SourceCopy : IDisposable
{
    private static readonly string[] Folders = ["src", "test/Grains.Tests", "test/Mutations"];

    public SourceCopy(string root)
    {
        Root = Directory.CreateTempSubdirectory("muster-mutations-").FullName;
        var files = Directory.EnumerateFiles(root, "Directory.*")
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "test")))
            .Concat(Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)));
        foreach (var file in files)
        {
            var to = Path.Combine(Root, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public string Root { get; }

    /// <summary>Makes a mutation.</summary>
    /// <returns>What undoes it.</returns>
    /// <exception cref="InvalidOperationException">The text is not there exactly once: the source has changed, and so must the list.</exception>
    public Action Mutate(Mutation mutation)
    {
        var file = Path.Combine(Root, mutation.File);
        var source = File.ReadAllText(file);
        var at = source.IndexOf(mutation.Before, StringComparison.Ordinal);
        if (at < 0 || source.IndexOf(mutation.Before, at + 1, StringComparison.Ordinal) >= 0)
        {
            throw new InvalidOperationException($"{mutation.File}: the text of \"{mutation.What}\" is there {(at < 0 ? "no longer" : "more than once")}:\n{mutation.Before}");
        }

        File.WriteAllText(file, source[..at] + mutation.After + source[(at + mutation.Before.Length)..]);
        return () => File.WriteAllText(file, source);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
