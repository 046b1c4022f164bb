using System.Runtime.CompilerServices;

namespace Api.Security;

/// <summary>
/// What tokens were found to be, by the <c>Authorization</c> header that brought them. The server hands out the same string for as long
/// as a connection's requests bring the same header, so a token is checked once a connection; whether it still opens its directory is
/// asked each time. Strings are told apart by identity, so looking one up tells nothing about another.
/// </summary>
internal sealed class KnownTokens(TokenMint mint, AccessTokens accessTokens)
{
    private readonly ConditionalWeakTable<string, DirectoryToken> known = [];

    /// <summary>The directory token of a request, or null where it has none, or one that this platform did not make.</summary>
    public DirectoryToken? Of(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header])
        {
            return null;
        }

        if (known.TryGetValue(header, out var token))
        {
            return token;
        }

        token = BearerToken.Of(request) is { } text ? Read(text) : null;
        if (token is not null)
        {
            known.AddOrUpdate(header, token);
        }

        return token;
    }

    private DirectoryToken? Read(string text) =>
        mint.TryReadDirectoryToken(text, out var directory, out var hash) ? new DirectoryToken(directory, hash)
        : accessTokens.TryRead(text, out directory, out var access) ? new DirectoryToken(directory, [], access)
        : null;
}
