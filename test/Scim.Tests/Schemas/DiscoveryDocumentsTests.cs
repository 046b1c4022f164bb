using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Tests.Schemas;

public sealed class DiscoveryDocumentsTests
{
    [Fact]
    public void ServiceProviderConfig_WithCursors_SaysForHowLongTheyAreGood() =>
        JsonNode.Parse(Filled(DiscoveryDocuments.ServiceProviderConfig(new ServiceProviderOptions { CursorPagination = true, CursorTimeout = 60 })))!["pagination"]!.ToJsonString()
            .ShouldBe("""{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":60}""");

    [Fact]
    public void ResourceType_OfUsers() =>
        Filled(DiscoveryDocuments.ResourceType(TestSchemas.User)).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],"id":"User","name":"User","description":"User Account","endpoint":"/Users","schema":"urn:ietf:params:scim:schemas:core:2.0:User","schemaExtensions":[{"schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","required":false}],"meta":{"resourceType":"ResourceType","location":"https://a.example/ResourceTypes/User"}}""");

    [Fact]
    public void ServiceProviderConfig_ByDefault() =>
        Filled(DiscoveryDocuments.ServiceProviderConfig(new ServiceProviderOptions())).ShouldBe(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],"patch":{"supported":true},"bulk":{"supported":false,"maxOperations":1000,"maxPayloadSize":1048576},"filter":{"supported":true,"maxResults":1000},"changePassword":{"supported":false},"sort":{"supported":false},"etag":{"supported":true},"pagination":{"cursor":false,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000},"authenticationSchemes":[{"type":"oauthbearertoken","name":"OAuth Bearer Token","description":"A token in the Authorization header: a directory key, or an access token of this directory's token endpoint.","specUri":"https://www.rfc-editor.org/info/rfc6750","primary":true}],"meta":{"resourceType":"ServiceProviderConfig","location":"https://a.example/ServiceProviderConfig"}}""");

    [Fact]
    public void Schema_SaysEachCharacteristic() =>
        Filled(DiscoveryDocuments.Schema(TestSchemas.Group.Schema)).ShouldStartWith(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Schema"],"id":"urn:ietf:params:scim:schemas:core:2.0:Group","name":"Group","description":"Group","attributes":[{"name":"displayName","type":"string","multiValued":false,"description":"A human-readable name of the group.","required":true,"caseExact":false,"mutability":"readWrite","returned":"default","uniqueness":"none"},{"name":"members","type":"complex","multiValued":true,"description":"The members of the group.","required":false,"caseExact":false,"mutability":"readWrite","returned":"default","uniqueness":"none","subAttributes":[""");

    [Fact]
    public void Schemas_EachReadsBackAsItself()
    {
        var list = JsonNode.Parse(Filled(DiscoveryDocuments.Schemas(TestSchemas.Extended)))!;
        list["totalResults"]!.GetValue<int>().ShouldBe(TestSchemas.Extended.Schemas.Count);
        list["itemsPerPage"]!.GetValue<int>().ShouldBe(TestSchemas.Extended.Schemas.Count);

        foreach (var (document, schema) in list["Resources"]!.AsArray().Zip(TestSchemas.Extended.Schemas))
        {
            document!["meta"]!["location"]!.GetValue<string>().ShouldBe("https://a.example/Schemas/" + schema.Id);
            if (schema.Id != SchemaUrns.Schema)
            {
                var again = SchemaReader.Read(Encoding.UTF8.GetBytes(document.ToJsonString())).Value;
                DiscoveryDocuments.Schema(again).ShouldBe(DiscoveryDocuments.Schema(schema));
            }
        }
    }

    [Fact]
    public void ResourceTypes_AreListed() =>
        JsonNode.Parse(Filled(DiscoveryDocuments.ResourceTypes(SchemaSet.Standard)))!["Resources"]!.AsArray()
            .Select(type => type!["endpoint"]!.GetValue<string>()).ShouldBe(["/Users", "/Groups"]);

    private static string Filled(byte[] document)
    {
        var output = new ArrayBufferWriter<byte>();
        AddressMark.Fill(document, "https://a.example"u8, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
