using System.Diagnostics;

namespace Crash.Faults;

/// <summary>A file system in memory, mounted for a run; needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _ballast;

    private SmallDisk(string path)
    {
        Path = path;
        _ballast = System.IO.Path.Combine(path, "ballast");
    }

    public string Path { get; }

    /// <summary>How many bytes are left.</summary>
    public long Free => new DriveInfo(Path).AvailableFreeSpace;

    /// <summary>Null where mounting is not allowed.</summary>
    public static SmallDisk? Mount(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        return Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) ? new SmallDisk(path) : null;
    }

    /// <summary>Fills it but for so many bytes.</summary>
    public void Fill(long leave)
    {
        using var file = new FileStream(_ballast, FileMode.Append);
        var block = new byte[1 << 16];
        for (var left = Free - leave; left > 0; left -= block.Length)
        {
            file.Write(block);
        }
    }

    /// <summary>Makes room.</summary>
    public void Empty() => File.Delete(_ballast);

    public bool MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    public bool MakeWritable() => Run("mount", "-o", "remount,rw", Path);

    public void Dispose() => Run("umount", "-l", Path);

    public static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
