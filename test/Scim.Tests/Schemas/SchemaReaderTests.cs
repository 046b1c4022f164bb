using System.Text;
using Scim.Errors;
using Scim.Schemas;

namespace Scim.Tests.Schemas;

public sealed class SchemaReaderTests
{
    [Fact]
    public void Read_WhatIsLeftOut_HasTheStandardsDefaults()
    {
        var attribute = SchemaReader.Read("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a"}]}"""u8).Value.Attributes.ShouldHaveSingleItem();

        attribute.Type.ShouldBe(AttributeType.String);
        attribute.MultiValued.ShouldBeFalse();
        attribute.Required.ShouldBeFalse();
        attribute.CaseExact.ShouldBeFalse();
        attribute.Mutability.ShouldBe(Mutability.ReadWrite);
        attribute.Returned.ShouldBe(Returned.Default);
        attribute.Uniqueness.ShouldBe(Uniqueness.None);
    }

    [Fact]
    public void Read_WhatIsSaid_IsTaken()
    {
        var attribute = SchemaReader.Read("""
            {"id":"urn:x:y","name":"Y","description":"d","attributes":[{"name":"a-b_1","type":"reference","multiValued":true,"required":true,"caseExact":true,
             "mutability":"writeOnly","returned":"never","uniqueness":"global","canonicalValues":["p"],"referenceTypes":["User","external"],"description":"e"}]}
            """u8).Value.Attributes[0];

        attribute.Name.ShouldBe("a-b_1");
        attribute.Type.ShouldBe(AttributeType.Reference);
        attribute.MultiValued.ShouldBeTrue();
        attribute.Required.ShouldBeTrue();
        attribute.CaseExact.ShouldBeTrue();
        attribute.Mutability.ShouldBe(Mutability.WriteOnly);
        attribute.Returned.ShouldBe(Returned.Never);
        attribute.Uniqueness.ShouldBe(Uniqueness.Global);
        attribute.CanonicalValues.ShouldBe(["p"]);
        attribute.ReferenceTypes.ShouldBe(["User", "external"]);
        attribute.Description.ShouldBe("e");
    }

    [Theory]
    [InlineData("""{"name":"Y","attributes":[{"name":"a"}]}""", "The schema has no 'id'.")]
    [InlineData("""{"id":7,"name":"Y","attributes":[{"name":"a"}]}""", "The schema: 'id' must be a string.")]
    [InlineData("""{"id":"x y","name":"Y","attributes":[{"name":"a"}]}""", "The schema's 'id' must be a URN of at most 256 printable ASCII characters, not 'x y'.")]
    [InlineData("""{"id":"urn:x:y","attributes":[{"name":"a"}]}""", "The schema has no 'name'.")]
    [InlineData("""{"id":"urn:x:y","name":"Y"}""", "The schema has no 'attributes'.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":{}}""", "The schema: 'attributes' must be an array of at most 500 attributes.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[7]}""", "The schema: each of 'attributes' must be an object with a 'name'.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"1a"}]}""", "'1a' is not an attribute name: a letter, then letters, digits, '-' and '_', at most 256.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a"},{"name":"A"}]}""", "'A' is defined twice; names are compared without regard to case.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a","type":"text"}]}""", "'a': 'type' must be one of string, boolean, decimal, integer, dateTime, binary, reference, complex, not 'text'.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a","required":"yes"}]}""", "'a': 'required' must be true or false.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a","canonicalValues":[1]}]}""", "'a': 'canonicalValues' must be an array of at most 500 strings.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a","type":"complex"}]}""", "'a' is complex and has no 'subAttributes'.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a","subAttributes":[{"name":"b"}]}]}""", "'a' has 'subAttributes' and is not complex.")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a","type":"complex","subAttributes":[{"name":"b","type":"complex"}]}]}""", "'a.b' is a sub-attribute and so cannot be complex (RFC 7643 §2.3.8).")]
    [InlineData("""{"id":"urn:x:y","name":"Y","attributes":[{"name":"a","type":"complex","subAttributes":[{"name":"b","mutability":"no"}]}]}""", "'a.b': 'mutability' must be one of readWrite, readOnly, immutable, writeOnly, not 'no'.")]
    public void Read_AFault_IsNamed(string document, string detail) =>
        SchemaReader.Read(Encoding.UTF8.GetBytes(document)).Error.ShouldBe(ScimError.InvalidValue(detail));

    [Fact]
    public void Read_WhatIsNoJson_IsInvalidSyntax() => SchemaReader.Read("{"u8).Error!.ScimType.ShouldBe("invalidSyntax");

    [Fact]
    public void Read_AnyBytes_NeverThrows()
    {
        var random = new Random(7643);
        var seed = """{"id":"urn:x:y","name":"Y","attributes":[{"name":"a","type":"complex","required":true,"subAttributes":[{"name":"b","canonicalValues":["c"]}]}]}"""u8.ToArray();
        for (var i = 0; i < 30_000; i++)
        {
            if (SchemaReader.Read(Mutation.Of(seed, random)).TryGet(out var schema, out var error))
            {
                DiscoveryDocuments.Schema(schema).ShouldNotBeEmpty();
            }
            else
            {
                error.Status.ShouldBe(400);
            }
        }
    }
}
