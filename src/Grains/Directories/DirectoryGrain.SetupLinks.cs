using Grains.Abstractions.Directories;

namespace Grains.Directories;

/// <summary>The directory's setup links.</summary>
internal sealed partial class DirectoryGrain : IDirectorySetupGrain
{
    public async Task<SetupLinkReply> AddSetupLink(CreateSetupLink request)
    {
        var link = new StoredSetupLink
        {
            Id = NewId(),
            Hash = request.Hash,
            Label = request.Label,
            Created = time.GetUtcNow(),
            Expires = request.Expires,
            Ways = request.Ways,
        };
        var (error, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) => SetupLinkRules.Add(current, link, time.GetUtcNow(), out next),
            NoDirectory);
        return error is not null
            ? new SetupLinkReply { Error = error }
            : new SetupLinkReply { Link = Shown(SetupLinkRules.Find(row.Current, request.Hash) ?? throw new Storage.StorageUnavailableException()) };
    }

    public ValueTask<SetupLink[]?> SetupLinks() => new(Serves ? Array.ConvertAll(row.Serving.SetupLinks, Shown) : null);

    public async Task<SetupLinkReply> WithdrawSetupLink(string link)
    {
        var (error, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) => SetupLinkRules.Withdraw(current, link, time.GetUtcNow(), out next),
            NoDirectory);
        return new SetupLinkReply { Error = error };
    }

    public async Task<OpenedSetup?> OpenSetup(byte[] hash)
    {
        var (link, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) => SetupLinkRules.Open(current, hash, time.GetUtcNow(), out next),
            otherwise: null);
        return link is null ? null : new OpenedSetup { Directory = Description(), Link = Shown(link) };
    }

    public async Task<UsedSetup?> UseSetup(UseSetupLink request)
    {
        var secret = request.Secret is { } issue ? Stored(issue) : null;
        var federation = request.Federation is { } trust ? trust with { Id = NewId(), Created = time.GetUtcNow(), LastUsed = null } : null;
        Abstractions.GrainError? error = null;
        var (link, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) => SetupLinkRules.Use(current, request, secret, federation, time.GetUtcNow(), out error, out next),
            otherwise: null);
        return link is null
            ? null
            : new UsedSetup { Error = error, Directory = Description(), Link = Shown(link), Expires = SetupLinkRules.Expires(row.Current, link) };
    }

    private static SetupLink Shown(StoredSetupLink link) => new()
    {
        Id = link.Id,
        Label = link.Label,
        Created = link.Created,
        Expires = link.Expires,
        Ways = link.Ways,
        Opened = link.Opened,
        Used = link.Used,
        Withdrawn = link.Withdrawn,
        Way = link.Way,
        Made = link.Made,
    };
}
