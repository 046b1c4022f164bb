using System.Text;

namespace Api.Tests.Scim;

/// <summary>A request that is wrong, and what it gets. <c>{user}</c> and <c>{group}</c> stand for ids that exist.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Below the SCIM address.</param>
/// <param name="Body">The bytes, or null for none.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="ScimType">The keyword of the answer, or null for none.</param>
internal sealed record MalformedRequest(string Name, string Method, string Path, byte[]? Body, int Status, string? ScimType)
{
    public (string Name, string Value)[] Headers { get; init; } = [];

    public static MalformedRequest Of(string name, string method, string path, string? body, int status, string? scimType) =>
        new(name, method, path, body is null ? null : Encoding.UTF8.GetBytes(body), status, scimType);
}
