using System.Runtime.InteropServices;

namespace Grains.Embedded;

/// <summary>Files and their names, on the disk before anybody is told so.</summary>
internal static partial class DurableFiles
{
    /// <summary>A file's bytes are on the disk when this returns.</summary>
    public static void Sync(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>A file's name is on the disk when this returns, where a name is something apart from the file.</summary>
    public static void SyncFolderOf(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no folders. A file system that refuses to sync one (some network ones do) has nothing more to offer.
        var folder = open(Path.GetDirectoryName(Path.GetFullPath(file))!, 0);
        if (folder >= 0)
        {
            _ = fsync(folder);
            _ = close(folder);
        }
    }

#pragma warning disable IDE1006, SA1300, CA2101 // The names are the C library's.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32 | DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32 | DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32 | DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);
#pragma warning restore IDE1006, SA1300, CA2101
}
