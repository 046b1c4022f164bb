using Api.Commands;
using Grains.Checking;
using Grains.Directories;
using Grains.Events;
using Grains.Indexes;

namespace Api.Tests.Commands;

/// <summary>A copy of a sound database, to be damaged, checked and mended.</summary>
public sealed class StoreCopy : IDisposable
{
    internal StoreCopy(SoundStore sound, string folder)
    {
        Sound = sound;
        Folder = folder;
    }

    public SoundStore Sound { get; }

    public string Folder { get; }

    public string File => Path.Combine(Folder, "muster.db");

    public List<string> Mended { get; } = [];

    private string Directory => Sound.Directory;

    public CheckReport Check() => new OfflineRepair(File, Mended.Add).Check();

    public Task<CheckReport> Mend(bool acceptLoss = false) => new OfflineRepair(File, Add).Mend(Check(), acceptLoss);

    /// <summary>Changes a row as a grain would write it, with its checksum.</summary>
    public Task Edit<T>(string type, string key, Func<T, T> change)
        where T : class, new() => Write(type, key, change);

    public Task EditUser(string id, Func<Grains.Users.UserState, Grains.Users.UserState> change) => Write("user", $"{Directory}.{id}", change);

    public Task EditGroup(string id, Func<Grains.Groups.GroupState, Grains.Groups.GroupState> change) => Write("group", $"{Directory}.{id}", change);

    public Task EditLog(Func<EventLogState, EventLogState> change) => Write("eventlog", Directory, change);

    public Task EditDirectory(Func<DirectoryState, DirectoryState> change) => Write("directory", Directory, change);

    /// <summary>The numbers of the buckets of an index.</summary>
    public List<long> Buckets(string index) =>
        [.. Keys("bucket").Where(k => k.StartsWith($"{Directory}.{index}.", StringComparison.Ordinal)).Select(k => long.Parse(k.Split('.')[2], null)).Order()];

    public Task EditBucket(string index, long number, Func<BucketState, BucketState> change) => Write("bucket", $"{Directory}.{index}.{number}", change);

    /// <summary>Changes the entry of a value, which need not be there.</summary>
    public async Task EditEntry(string index, string value, Func<BucketEntry, BucketEntry?> change)
    {
        var hash = await HashOf(index, value);
        foreach (var number in Buckets(index))
        {
            await EditBucket(index, number, bucket =>
            {
                if (!SplitOrder.Belongs(hash, number, bucket.Level))
                {
                    return bucket;
                }

                var entry = Array.Find(bucket.Entries, e => e.Value == value) ?? new BucketEntry { Value = value, Hash = hash };
                var others = bucket.Entries.Where(e => e.Value != value);
                return bucket with
                {
                    Entries = [.. (change(entry) is { } changed ? others.Append(changed) : others).OrderBy(e => SplitOrder.Reverse(e.Hash)).ThenBy(e => e.Value, StringComparer.Ordinal)],
                };
            });
        }
    }

    public Task DropEntry(string index, string value) => EditEntry(index, value, _ => null);

    public Task AddOwner(string index, string value, string id, string? tag = null) =>
        EditEntry(index, value, e => e with { Owners = [.. e.Owners, new BucketOwner { Id = id, Version = 1, Tag = tag }] });

    public void Drop(string type, string key) => StoredRows.Drop(File, type, key);

    public void DropUser(string id) => Drop("user", $"{Directory}.{id}");

    /// <summary>Writes bytes as a row's state, with a right checksum.</summary>
    public async Task Put(string type, string key, byte[] state)
    {
        using var store = new SqliteStore(File);
        var id = GrainId.Create(type, key);
        await store.WriteAsync(id, type, (await store.ReadAsync(id, type))?.ETag, state);
    }

    public byte[] Get(string type, string key)
    {
        using var store = OfflineStore.Open(File);
        return store.Rows(type, key).Single(r => r.Key == key).Data;
    }

    /// <summary>Turns a bit of a row's state over.</summary>
    public void Damage(string type, string key) => StoredRows.Damage(File, type, key);

    public void Dispose() => System.IO.Directory.Delete(Folder, recursive: true);

    private void Add(string line)
    {
        lock (Mended)
        {
            Mended.Add(line);
        }
    }

    private List<string> Keys(string type)
    {
        using var store = OfflineStore.Open(File);
        return [.. store.Keys(type)];
    }

    /// <summary>The hash of a value, as the indexes take it.</summary>
    private async Task<ulong> HashOf(string index, string value)
    {
        byte[] key = [];
        await EditDirectory(d =>
        {
            key = d.HashKey;
            return d;
        });
        return IndexHash.Of(key, index, value);
    }

    private Task Write<T>(string type, string key, Func<T, T> change)
        where T : class, new() => StoredRows.Edit(File, type, key, change);
}
