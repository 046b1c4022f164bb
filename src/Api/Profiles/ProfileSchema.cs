using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Api.Profiles;

/// <summary>The JSON schema of profiles, made of <see cref="Profile"/>: what <c>profiles/profile.schema.json</c> holds.</summary>
internal static class ProfileSchema
{
    public static string Make()
    {
        var schema = (JsonObject)ProfileJson.Options.GetJsonSchemaAsNode(typeof(Profile), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = static (context, node) =>
            {
                if (node is JsonObject described && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute description, ..])
                {
                    described.Insert(0, "description", description.Description);
                }

                return node;
            },
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "A Muster product profile");
        schema["required"] = new JsonArray("name");
        return schema.ToJsonString(ProfileJson.Options) + "\n";
    }
}
