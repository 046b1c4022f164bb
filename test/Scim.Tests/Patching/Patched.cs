using System.Text;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Patching;
using Scim.Resources;
using Scim.Schemas;
using Scim.Tests.Paths;

namespace Scim.Tests.Patching;

/// <summary>Applies the bytes of a PATCH to the text of a resource.</summary>
internal static class Patched
{
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    public const string CoreUser = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string CoreGroup = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /// <summary>A user with the attributes given besides <c>userName</c>.</summary>
    public static JsonObject User(string attributes = "")
    {
        var user = CustomUser.Resource($$"""{ "schemas": ["{{CoreUser}}"], "userName": "babs"{{(attributes.Length == 0 ? "" : ", " + attributes)}} }""");
        ResourceRules.SetSchemas(user, CustomUser.Type);
        return user;
    }

    public static Result<PatchRequest> Parse(string operations, Dialect dialect = Dialect.Entra, ResourceType? type = null) => PatchRequest.Parse(
        Encoding.UTF8.GetBytes($$"""{ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{{operations}}] }"""),
        type ?? CustomUser.Type,
        dialect);

    /// <summary>Applies operations, and sees to it that neither the input nor the request is changed by that.</summary>
    public static Result<Replaced> Apply(JsonObject resource, string operations, Dialect dialect = Dialect.Entra, ResourceType? type = null)
    {
        if (!Parse(operations, dialect, type).TryGet(out var request, out var error))
        {
            return error;
        }

        var before = resource.ToJsonString();
        var result = request.Apply(resource);
        var again = request.Apply(resource);
        resource.ToJsonString().ShouldBe(before);
        again.Error.ShouldBe(result.Error);
        var inPlace = request.ApplyTo(JsonNode.Parse(JsonBody.ToUtf8(resource))!.AsObject());
        inPlace.Error.ShouldBe(result.Error);
        if (result.TryGet(out var replaced, out _))
        {
            again.Value.Resource.ToJsonString().ShouldBe(replaced.Resource.ToJsonString());
            replaced.Changed.ShouldBe(!JsonEquality.DeepEquals(resource, replaced.Resource));
            inPlace.Value.Changed.ShouldBe(replaced.Changed);
            ResourceRules.Check(replaced.Resource, type ?? CustomUser.Type).ShouldBeNull();
            if (replaced.Changed)
            {
                JsonBody.ToUtf8(inPlace.Value.Resource).ShouldBe(JsonBody.ToUtf8(replaced.Resource));
            }

            if (!replaced.Changed)
            {
                replaced.Resource.ShouldBeSameAs(resource);
            }
        }

        return result;
    }

    /// <summary>The resource that results, less <c>schemas</c> and <c>userName</c>, as JSON text without spaces.</summary>
    public static string Result(string attributes, string operations, Dialect dialect = Dialect.Entra)
    {
        var applied = Apply(User(attributes), operations, dialect);
        if (!applied.TryGet(out var replaced, out var error))
        {
            return $"{error.Status} {error.ScimType}: {error.Detail}";
        }

        var rest = (JsonObject)replaced.Resource.DeepClone();
        rest.Remove("schemas");
        rest.Remove("userName");
        return Text(rest);
    }

    public static string Text(string attributes) => Text(CustomUser.Resource($"{{ {attributes} }}"));

    private static string Text(JsonObject resource) =>
        resource.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
