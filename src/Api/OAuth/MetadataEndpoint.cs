using Api.Admin;
using Grains.Abstractions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.OAuth;

/// <summary>
/// Says what the token endpoint takes (RFC 8414). That of a directory is answered for every id that could be one: nothing is looked up, so
/// that nobody learns which directories exist.
/// </summary>
internal static class MetadataEndpoint
{
    public static Ok<ServerMetadata> OfServer(HttpContext http, AdminAddresses addresses) => Of(addresses.Root(http));

    public static Results<Ok<ServerMetadata>, NotFound> OfDirectory(string directory, HttpContext http, AdminAddresses addresses) =>
        GrainKeys.IsPart(directory) ? Of($"{addresses.Root(http)}/directories/{directory}") : TypedResults.NotFound();

    private static Ok<ServerMetadata> Of(string issuer) => TypedResults.Ok(new ServerMetadata(
        issuer,
        $"{issuer}/oauth2/token",
        ["scim"],
        [],
        ["client_credentials"],
        ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        ClientAssertions.TakenAlgorithms));
}
