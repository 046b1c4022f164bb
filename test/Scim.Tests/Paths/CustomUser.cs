using System.Text;
using System.Text.Json.Nodes;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Tests.Paths;

/// <summary>A user with an extension that has what the standard schemas do not: numbers, dates, lists of text, immutable and required parts.</summary>
internal static class CustomUser
{
    public const string Urn = "urn:example:params:scim:schemas:extension:device:1.0:User";

    public static ResourceType Type { get; } = new()
    {
        Name = "User",
        Endpoint = "/Users",
        Schema = SchemaSet.Standard.User.Schema,
        Extensions =
        [
            .. SchemaSet.Standard.User.Extensions,
            new SchemaExtension(
                new Schema
                {
                    Id = Urn,
                    Name = "Device",
                    Attributes =
                    [
                        new AttributeDefinition { Name = "count", Type = AttributeType.Integer },
                        new AttributeDefinition { Name = "ratio", Type = AttributeType.Decimal },
                        new AttributeDefinition { Name = "seen", Type = AttributeType.DateTime },
                        new AttributeDefinition { Name = "key", Type = AttributeType.Binary },
                        new AttributeDefinition { Name = "tags", Type = AttributeType.String, MultiValued = true },
                        new AttributeDefinition { Name = "serial", Type = AttributeType.String, Mutability = Mutability.Immutable },
                        new AttributeDefinition
                        {
                            Name = "badge",
                            Type = AttributeType.Complex,
                            SubAttributes =
                            [
                                new AttributeDefinition { Name = "number", Type = AttributeType.String, Required = true },
                                new AttributeDefinition { Name = "colour", Type = AttributeType.String },
                                new AttributeDefinition { Name = "issued", Type = AttributeType.DateTime, Mutability = Mutability.Immutable },
                            ],
                        },
                    ],
                },
                Required: false),
        ],
    };

    /// <summary>A resource of JSON text, as it is kept.</summary>
    public static JsonObject Resource(string json) => JsonBody.Parse(Encoding.UTF8.GetBytes(json)).Value;
}
