using Scim.Schemas;

namespace Scim.Tests;

/// <summary>The standard schemas, and a set with an extension that has each type and characteristic the standard ones do without.</summary>
internal static class TestSchemas
{
    public const string Custom = "urn:example:scim:2.0:Custom";

    public static ResourceType User => SchemaSet.Standard.User;

    public static ResourceType Group => SchemaSet.Standard.Group;

    public static SchemaSet Extended { get; } = SchemaSet.Standard.Extend("User", SchemaReader.Read("""
        {
          "id": "urn:example:scim:2.0:Custom",
          "name": "Custom",
          "attributes": [
            { "name": "ratio", "type": "decimal" },
            { "name": "count", "type": "integer" },
            { "name": "hired", "type": "dateTime" },
            { "name": "key", "type": "binary" },
            { "name": "flag", "type": "boolean" },
            { "name": "tags", "type": "string", "multiValued": true },
            { "name": "badge", "type": "string", "mutability": "immutable" },
            { "name": "score", "type": "integer", "mutability": "readOnly" },
            { "name": "secret", "type": "string", "returned": "never" },
            { "name": "notes", "type": "string", "returned": "request" },
            { "name": "tenure", "type": "string", "returned": "always" },
            { "name": "desk", "type": "complex", "subAttributes": [
              { "name": "floor", "type": "integer", "required": true },
              { "name": "number", "type": "string", "mutability": "immutable" } ] }
          ]
        }
        """u8).Value).Value;
}
