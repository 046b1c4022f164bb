using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Api.Tests.OAuth;

/// <summary>A key of an issuer.</summary>
/// <param name="Kid">Its id.</param>
/// <param name="Key">All of it.</param>
/// <param name="Public">What of it is served.</param>
internal sealed record IssuerKey(string Kid, AsymmetricAlgorithm Key, JsonObject Public);
