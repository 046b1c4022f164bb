using Api.Hosting;

namespace Api.Security;

/// <summary>
/// What a setup link makes, derived from the link, from the form that was sent, and from the platform's key: the same form sent again
/// gives the same, so that an answer that was lost can be had once more while nothing of it is kept. Nobody can derive it who lacks one of
/// the three.
/// </summary>
internal sealed class SetupSecrets(PlatformState platform)
{
    private const int GuidBytes = 16;

    private readonly KeyedCheck derivation = new(platform, "muster setup link");

    /// <summary>The random part of the secret, 32 bytes.</summary>
    /// <param name="link">The link's secret, 256 random bits.</param>
    /// <param name="submission">By what the form is known again.</param>
    public byte[] Secret(string link, byte[] submission) => Derived(link, submission, "secret");

    /// <summary>The id of the client.</summary>
    public string Client(string link, byte[] submission) => new Guid(Derived(link, submission, "client").AsSpan(0, GuidBytes)).ToString();

    private byte[] Derived(string link, byte[] submission, string what) => derivation.Of($"{link}\n{Convert.ToHexString(submission)}\n{what}");
}
