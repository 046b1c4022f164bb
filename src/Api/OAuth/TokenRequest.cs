using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Api.OAuth;

/// <summary>A request for an access token (RFC 6749 §4.4.2; with an assertion, RFC 7523 §2.2), by what it says of its client.</summary>
internal sealed record TokenRequest
{
    /// <summary>The <c>client_assertion_type</c> of a JWT.</summary>
    public const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>The largest body, in bytes; a request has some hundred, with an assertion some thousand.</summary>
    public const int MaxBytes = 64 << 10;

    private const int MaxFields = 32;
    private const int MaxNameLength = 256;
    private const string Form = "application/x-www-form-urlencoded";
    private const string Basic = "Basic ";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with it as it stands; null where the client is to be looked at.</summary>
    public OAuthError? Error { get; private init; }

    /// <summary>Who it says it is; null where it does not say.</summary>
    public string? ClientId { get; private init; }

    /// <summary>Its secret, or null.</summary>
    public string? Secret { get; private init; }

    /// <summary>Its assertion, or null.</summary>
    public string? Assertion { get; private init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="BadHttpRequestException">The body is too large, or ends early.</exception>
    public static async Task<TokenRequest> Read(HttpContext http)
    {
        if (!HasForm(http.Request))
        {
            return Refused($"The request is {Form}.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }

        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(
                new FormOptions { ValueCountLimit = MaxFields, KeyLengthLimit = MaxNameLength, ValueLengthLimit = MaxBytes },
                http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return Refused("The form has too many fields, or too long ones.");
        }

        return form.Any(field => field.Value.Count > 1)
            ? Refused("A field of the form is there twice.")
            : Of(form, http.Request.Headers.Authorization);
    }

    private static bool HasForm(HttpRequest request) =>
        request.ContentType is { } type && type.Split(';')[0].Trim().Equals(Form, StringComparison.OrdinalIgnoreCase);

    private static TokenRequest Of(IFormCollection form, string? authorization)
    {
        string? grant = Field("grant_type"), scope = Field("scope"), clientId = Field("client_id"), secret = Field("client_secret");
        string? type = Field("client_assertion_type"), assertion = Field("client_assertion");
        if (grant is null)
        {
            return Refused("The grant_type is lacking.");
        }

        if (grant != "client_credentials")
        {
            return new TokenRequest { Error = OAuthError.UnsupportedGrantType };
        }

        if (scope is not null && Array.Exists(scope.Split(' ', StringSplitOptions.RemoveEmptyEntries), s => s != "scim"))
        {
            return new TokenRequest { Error = OAuthError.InvalidScope };
        }

        if ((type is null) != (assertion is null) || (type is not null && type != JwtBearer))
        {
            return Refused($"A client_assertion comes with the client_assertion_type {JwtBearer}.");
        }

        // A client shows one thing only (RFC 6749 §2.3).
        if ((authorization is null ? 0 : 1) + (secret is null ? 0 : 1) + (assertion is null ? 0 : 1) > 1)
        {
            return Refused("The client shows a secret in the form, or by HTTP Basic, or an assertion: one of them.");
        }

        if (authorization is null)
        {
            return new TokenRequest { ClientId = clientId, Secret = secret, Assertion = assertion };
        }

        if (!TryReadBasic(authorization, out var basicId, out var basicSecret))
        {
            return new TokenRequest { Error = OAuthError.InvalidClient };
        }

        return clientId is not null && clientId != basicId
            ? Refused("The client_id is another than that of HTTP Basic.")
            : new TokenRequest { ClientId = basicId, Secret = basicSecret };

        // A field without a value counts as left out (RFC 6749 §3.2).
        string? Field(string name) => form[name] is [{ Length: > 0 } value] ? value : null;
    }

    /// <summary>Reads id and secret, each form-encoded before they were joined (RFC 6749 §2.3.1).</summary>
    private static bool TryReadBasic(string authorization, out string id, out string secret)
    {
        (id, secret) = ("", "");
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            var text = StrictUtf8.GetString(Convert.FromBase64String(authorization[Basic.Length..].Trim()));
            var at = text.IndexOf(':', StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            (id, secret) = (FormDecoded(text[..at]), FormDecoded(text[(at + 1)..]));
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static string FormDecoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static TokenRequest Refused(string description) => new() { Error = OAuthError.InvalidRequest(description) };
}
