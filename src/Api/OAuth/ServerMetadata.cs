using System.Text.Json.Serialization;

namespace Api.OAuth;

/// <summary>The metadata of an authorization server (RFC 8414 §2).</summary>
/// <param name="Issuer">The address that it goes by.</param>
/// <param name="TokenEndpoint">Where access tokens are to be had.</param>
/// <param name="ScopesSupported">The scopes.</param>
/// <param name="ResponseTypesSupported">None: there is no authorization endpoint.</param>
/// <param name="GrantTypesSupported">The grants.</param>
/// <param name="TokenEndpointAuthMethodsSupported">How a client proves itself.</param>
/// <param name="TokenEndpointAuthSigningAlgValuesSupported">The algorithms of assertions.</param>
internal sealed record ServerMetadata(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> ScopesSupported,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypesSupported,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypesSupported,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> TokenEndpointAuthMethodsSupported,
    [property: JsonPropertyName("token_endpoint_auth_signing_alg_values_supported")] IReadOnlyList<string> TokenEndpointAuthSigningAlgValuesSupported);
