using Api.Admin;

namespace Api.Hosting;

/// <summary>The Orleans engine keeps its state where backups are another's business.</summary>
internal sealed class NoBackups : IBackups
{
    public string Unavailable => "State is in Azure Table storage: back it up there, by Azure Storage's own means. This server makes backups only of the embedded engine's file.";

    public Task<Backup> Make() => throw new NotSupportedException(Unavailable);

    public List<BackupItem> List() => throw new NotSupportedException(Unavailable);
}
