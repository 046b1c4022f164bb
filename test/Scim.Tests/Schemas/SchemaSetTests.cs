using Scim.Errors;
using Scim.Schemas;

namespace Scim.Tests.Schemas;

public sealed class SchemaSetTests
{
    [Fact]
    public void Standard_HasTheSchemasOfTheRfc() =>
        SchemaSet.Standard.Schemas.Select(schema => schema.Id).ShouldBe(
        [
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "urn:ietf:params:scim:schemas:core:2.0:Group",
            "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
            "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
            "urn:ietf:params:scim:schemas:core:2.0:Schema",
        ]);

    [Fact]
    public void Standard_User_HasTheAttributesOfTheRfc_ButPassword() =>
        TestSchemas.User.Schema.Attributes.Select(attribute => attribute.Name).ShouldBe(
        [
            "userName", "name", "displayName", "nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone", "active",
            "emails", "phoneNumbers", "ims", "photos", "addresses", "groups", "entitlements", "roles", "x509Certificates",
        ]);

    [Theory]
    [InlineData("userName", "", AttributeType.String, false, true, false, Mutability.ReadWrite, Uniqueness.Server)]
    [InlineData("active", "", AttributeType.Boolean, false, false, false, Mutability.ReadWrite, Uniqueness.None)]
    [InlineData("emails", "", AttributeType.Complex, true, false, false, Mutability.ReadWrite, Uniqueness.None)]
    [InlineData("emails", "primary", AttributeType.Boolean, false, false, false, Mutability.ReadWrite, Uniqueness.None)]
    [InlineData("photos", "value", AttributeType.Reference, false, false, false, Mutability.ReadWrite, Uniqueness.None)]
    [InlineData("x509Certificates", "value", AttributeType.Binary, false, false, false, Mutability.ReadWrite, Uniqueness.None)]
    [InlineData("groups", "value", AttributeType.String, false, false, false, Mutability.ReadOnly, Uniqueness.None)]
    [InlineData("id", "", AttributeType.String, false, true, true, Mutability.ReadOnly, Uniqueness.Server)]
    [InlineData("externalId", "", AttributeType.String, false, false, true, Mutability.ReadWrite, Uniqueness.None)]
    [InlineData("meta", "created", AttributeType.DateTime, false, false, false, Mutability.ReadOnly, Uniqueness.None)]
    public void Standard_User_HasTheCharacteristicsOfTheRfc(
        string name, string sub, AttributeType type, bool multiValued, bool required, bool caseExact, Mutability mutability, Uniqueness uniqueness)
    {
        var attribute = TestSchemas.User.FindAttribute(name.ToUpperInvariant())!;
        attribute = sub.Length == 0 ? attribute : attribute.FindSubAttribute(sub)!;

        (attribute.Type, attribute.MultiValued, attribute.Required, attribute.CaseExact, attribute.Mutability, attribute.Uniqueness)
            .ShouldBe((type, multiValued, required, caseExact, mutability, uniqueness));
    }

    [Fact]
    public void Standard_EveryAttribute_IsDescribed()
    {
        foreach (var attribute in SchemaSet.Standard.Schemas.SelectMany(schema => schema.Attributes))
        {
            attribute.Description.ShouldNotBeEmpty(attribute.Name);
            attribute.SubAttributes.ShouldAllBe(sub => sub.Description.Length > 0);
        }
    }

    [Fact]
    public void Add_ATypeOfItsOwn_IsListedBehindTheStandardOnes_AndCanBeExtended()
    {
        var set = SchemaSet.Standard.Add(Device("Device", "/Devices")).Value;

        set.ResourceTypes.Select(type => type.Name).ShouldBe(["User", "Group", "Device"]);
        set.FindResourceType("DEVICE").ShouldNotBeNull();
        set.FindEndpoint("devices")!.Name.ShouldBe("Device");
        set.FindSchema("URN:EXAMPLE:DEVICE").ShouldNotBeNull();
        set.User.ShouldBe(SchemaSet.Standard.User);
        var extended = set.Extend("Device", Read("urn:example:lease", "months")).Value;
        extended.FindResourceType("Device")!.Extensions.ShouldHaveSingleItem();
        extended.Schemas.Select(schema => schema.Id).Skip(3).Take(2).ShouldBe(["urn:example:device", "urn:example:lease"]);
        SchemaSet.Standard.FindEndpoint("Devices").ShouldBeNull();
    }

    [Theory]
    [InlineData("", "/Devices", 400)]
    [InlineData("1st", "/Devices", 400)]
    [InlineData("De.vice", "/Devices", 400)]
    [InlineData("De_vice", "/Devices", 400)]
    [InlineData("Ger\u00e4t", "/Devices", 400)]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG", "/Devices", 400)]
    [InlineData("Device", "", 400)]
    [InlineData("Device", "/", 400)]
    [InlineData("Device", "Devices", 400)]
    [InlineData("Device", "/Devices/", 400)]
    [InlineData("Device", "/%44evices", 400)]
    [InlineData("Device", "/-devices", 400)]
    [InlineData("gRoup", "/Devices", 400)]
    [InlineData("Device", "/ME", 400)]
    [InlineData("ROOM", "/Devices", 409)]
    [InlineData("Device", "/ROOMS", 409)]
    public void Add_WhatCannotBeServed_IsRefused(string name, string endpoint, int status)
    {
        var set = SchemaSet.Standard.Add(new ResourceType { Name = "Room", Endpoint = "/Rooms", Schema = Read("urn:example:room", "size") }).Value;

        set.Add(Device(name, endpoint)).TryGet(out _, out var error).ShouldBeFalse();

        error!.Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("EXTERNALID")]
    [InlineData("meta")]
    [InlineData("schemas")]
    public void Add_ASchemaWithACommonAttribute_IsRefusedByName(string attribute)
    {
        SchemaSet.Standard.Add(new ResourceType { Name = "Device", Endpoint = "/Devices", Schema = Read("urn:example:device", attribute) }).TryGet(out _, out var error).ShouldBeFalse();

        error!.Detail.ShouldContain(attribute);
    }

    private static ResourceType Device(string name, string endpoint) => new() { Name = name, Endpoint = endpoint, Schema = Read("urn:example:device", "serial") };

    private static Schema Read(string urn, string attribute) =>
        SchemaReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{urn}}","name":"N","attributes":[{"name":"{{attribute}}"}]}""")).Value;

    [Fact]
    public void Find_ComparesWithoutCase()
    {
        SchemaSet.Standard.FindSchema("URN:IETF:params:scim:schemas:core:2.0:user").ShouldBe(TestSchemas.User.Schema);
        SchemaSet.Standard.FindResourceType("group").ShouldBe(TestSchemas.Group);
        SchemaSet.Standard.FindSchema("urn:none").ShouldBeNull();
        SchemaSet.Standard.FindResourceType("Device").ShouldBeNull();
    }

    [Fact]
    public void Extend_AddsToOneTypeAlone()
    {
        TestSchemas.Extended.User.Extensions.Select(extension => extension.Schema.Id).ShouldBe([SchemaUrns.EnterpriseUser, TestSchemas.Custom]);
        TestSchemas.Extended.Group.Extensions.ShouldBeEmpty();
        SchemaSet.Standard.FindSchema(TestSchemas.Custom).ShouldBeNull();
    }

    [Fact]
    public void Extend_WithAUrnThatIsThere_IsUniqueness() =>
        TestSchemas.Extended.Extend("Group", TestSchemas.Extended.FindSchema(TestSchemas.Custom)!).Error
            .ShouldBe(ScimError.Uniqueness("There is a schema 'urn:example:scim:2.0:Custom' already."));

    [Fact]
    public void Extend_AnUnknownType_IsInvalidValue() =>
        SchemaSet.Standard.Extend("Device", TestSchemas.Extended.FindSchema(TestSchemas.Custom)!).Error
            .ShouldBe(ScimError.InvalidValue("There is no resource type 'Device' to extend."));
}
