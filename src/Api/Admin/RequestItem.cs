using System.Text.Json;

namespace Api.Admin;

/// <summary>A SCIM request of a directory's log, masked.</summary>
/// <param name="Id">Its number in the log.</param>
/// <param name="At">When it came.</param>
/// <param name="Outcome"><c>succeeded</c>, <c>refused</c>, <c>failed</c>, <c>unauthenticated</c>; <c>dropped</c> for none: so many entries are missing here.</param>
/// <param name="Status">The HTTP status; 0 where the client had gone before one was sent.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="Query">The query, decoded, with its question mark.</param>
/// <param name="ResourceType">The resource type that the path names.</param>
/// <param name="ResourceId">The <c>id</c> that the path names, or that was made.</param>
/// <param name="ScimType">The <c>scimType</c> of the refusal.</param>
/// <param name="Detail">The <c>detail</c> of the refusal.</param>
/// <param name="Milliseconds">From its arrival until its answer was ready to send.</param>
/// <param name="Address">The client's address.</param>
/// <param name="UserAgent">What the client calls itself.</param>
/// <param name="CorrelationId">What the client calls the request.</param>
/// <param name="CredentialId">The id of the key, secret or federation that let it in.</param>
/// <param name="CredentialLastFour">Of a key or token that this platform made and that opens nothing any more: its last four characters.</param>
/// <param name="Client"><c>entra</c>, <c>okta</c> or <c>unknown</c>, as far as this one request tells.</param>
/// <param name="RequestBytes">The length of its body.</param>
/// <param name="ResponseBytes">The length of the answer's body.</param>
/// <param name="Dropped">Of <c>dropped</c>: how many entries are missing.</param>
/// <param name="RequestBody">Its body, masked; where one request is asked for, and bodies are kept.</param>
/// <param name="RequestBodyLeftOut">It had a body that is not kept: too large, not JSON, or too many at once.</param>
/// <param name="ResponseBody">The answer's body, masked.</param>
/// <param name="ResponseBodyLeftOut">The answer had a body that is not kept.</param>
public sealed record RequestItem(
    string Id,
    DateTimeOffset At,
    string Outcome,
    int Status,
    string? Method,
    string? Path,
    string? Query,
    string? ResourceType,
    string? ResourceId,
    string? ScimType,
    string? Detail,
    double Milliseconds,
    string? Address,
    string? UserAgent,
    string? CorrelationId,
    string? CredentialId,
    string? CredentialLastFour,
    string Client,
    long? RequestBytes,
    long? ResponseBytes,
    long? Dropped = null,
    JsonElement? RequestBody = null,
    bool RequestBodyLeftOut = false,
    JsonElement? ResponseBody = null,
    bool ResponseBodyLeftOut = false);
