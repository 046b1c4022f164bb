namespace Grains.Abstractions.Directories;

/// <summary>The same grain as <see cref="IDirectoryGrain"/>: its setup links, by which a customer's own admin makes a way in, once.</summary>
[Alias("muster.IDirectorySetupGrain")]
public interface IDirectorySetupGrain : IGrainWithStringKey
{
    /// <summary>Makes a link. Asked again with the same hash, it is the same link.</summary>
    [Alias("AddSetupLink")]
    Task<SetupLinkReply> AddSetupLink(CreateSetupLink request);

    /// <returns>The links, in the order in which they were made, ended ones too; null where there is no such directory.</returns>
    [Alias("SetupLinks")]
    ValueTask<SetupLink[]?> SetupLinks();

    /// <summary>Withdraws a link: it opens nothing from the next request on. Asked again, it is done already.</summary>
    [Alias("WithdrawSetupLink")]
    Task<SetupLinkReply> WithdrawSetupLink(string link);

    /// <summary>Opens a link, which does not use it.</summary>
    /// <param name="hash">SHA-256 of the secret part of the link, 32 bytes.</param>
    /// <returns>Null where there is none, or where it is used, expired or withdrawn: nobody is told which.</returns>
    [Alias("OpenSetup")]
    Task<OpenedSetup?> OpenSetup(byte[] hash);

    /// <summary>
    /// Uses a link: what it makes and that it was used are one write. The same use sent again, as after an answer that was lost, is
    /// answered the same for some minutes, and makes nothing more.
    /// </summary>
    /// <returns>Null as of <see cref="OpenSetup"/>.</returns>
    [Alias("UseSetup")]
    Task<UsedSetup?> UseSetup(UseSetupLink request);
}
