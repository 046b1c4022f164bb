using System.Text.Json.Nodes;
using Scim.Sorting;

namespace Scim.Tests.Sorting;

/// <summary>Resources in order, by the rules of RFC 7644 §3.4.2.3.</summary>
public sealed class SortAttributeTests
{
    [Theory]
    [InlineData("userName", """{"userName":"b"} {"userName":"A"} {"userName":"C"}""", "1 0 2")]
    [InlineData("userName", """{"userName":"Z"} {"userName":"_"} {"userName":"a"}""", "2 0 1")]
    [InlineData("externalId", """{"externalId":"b"} {"externalId":"A"} {"externalId":"C"}""", "1 2 0")]
    [InlineData("name.familyName", """{"name":{"familyName":"b"}} {} {"name":{"familyName":"a"}} {"name":{"familyName":""}}""", "2 0 1 3")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:title", """{"title":"2"} {"title":"1"}""", "1 0")]
    [InlineData("USERNAME", """{"userName":"b"} {"userName":"a"}""", "1 0")]
    [InlineData("active", """{"active":true} {} {"active":false}""", "2 0 1")]
    [InlineData("emails", """{"emails":[{"value":"a"},{"value":"z","primary":true}]} {"emails":[{"value":"m"},{"value":"b"}]} {"emails":[]}""", "1 0 2")]
    [InlineData("emails.type", """{"emails":[{"type":"work"},{"type":"home","primary":true}]} {"emails":[{"type":"other"}]}""", "0 1")]
    [InlineData("emails", """{"emails":[{"value":"b","primary":false},{"value":"a"}]} {"emails":[{"value":"aa"}]}""", "1 0")]
    [InlineData("meta.lastModified", """{"meta":{"lastModified":"2024-01-01T00:30:00+01:00"}} {"meta":{"lastModified":"2024-01-01T00:00:00Z"}} {"meta":{"lastModified":"2023-12-31T23:29:59.5Z"}}""", "2 0 1")]
    [InlineData("urn:example:scim:2.0:Custom:count", """{"urn:example:scim:2.0:Custom":{"count":10}} {"urn:example:scim:2.0:Custom":{"count":9}} {"urn:example:scim:2.0:Custom":{"count":-10}} {"urn:example:scim:2.0:Custom":{"count":-9}} {"urn:example:scim:2.0:Custom":{"count":0}}""", "2 3 4 1 0")]
    [InlineData("urn:example:scim:2.0:Custom:ratio", """{"urn:example:scim:2.0:Custom":{"ratio":-0.12}} {"urn:example:scim:2.0:Custom":{"ratio":-0.1}} {"urn:example:scim:2.0:Custom":{"ratio":1e-3}} {"urn:example:scim:2.0:Custom":{"ratio":0.00099}} {"urn:example:scim:2.0:Custom":{"ratio":1e400}} {"urn:example:scim:2.0:Custom":{"ratio":-1e400}}""", "5 0 1 3 2 4")]
    [InlineData("urn:example:scim:2.0:Custom:hired", """{"urn:example:scim:2.0:Custom":{"hired":"1969-12-31T23:59:59Z"}} {"urn:example:scim:2.0:Custom":{"hired":"1970-01-01T00:00:00.25Z"}} {"urn:example:scim:2.0:Custom":{"hired":"1970-01-01T00:00:00.3Z"}} {"urn:example:scim:2.0:Custom":{"hired":"-0001-01-01T00:00:00Z"}}""", "3 0 1 2")]
    [InlineData("urn:example:scim:2.0:Custom:tags", """{"urn:example:scim:2.0:Custom":{"tags":["b","a"]}} {"urn:example:scim:2.0:Custom":{"tags":["A"]}}""", "1 0")]
    public void KeyOf_ByTheAttributesType_Sorts(string sortBy, string resources, string expected)
    {
        var sort = SortAttribute.Parse(sortBy, TestSchemas.Extended.User).Value;
        var keys = resources.Split(' ').Select(r => sort.KeyOf((JsonObject)JsonNode.Parse(r)!)).ToList();

        Order(keys, descending: false).ShouldBe(expected);
    }

    [Fact]
    public void Compare_Descending_HasMissingValuesFirst()
    {
        Order(["B", null, "A"], descending: false).ShouldBe("2 0 1");
        Order(["B", null, "A"], descending: true).ShouldBe("1 0 2");
        Order([null, "same", null, "same"], descending: true).ShouldBe("0 2 1 3");
    }

    [Theory]
    [InlineData("nothing", "'nothing' is not an attribute of User.")]
    [InlineData("name.nothing", "'name' of User has no sub-attribute 'nothing'.")]
    [InlineData("name", "'name' is complex and has no 'value'; sort by one of its sub-attributes: formatted, familyName, givenName, middleName, honorificPrefix, honorificSuffix.")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' is an extension; name one of its attributes to sort by.")]
    [InlineData("urn:example:scim:2.0:Custom:secret", "'urn:example:scim:2.0:Custom:secret' is never returned, so nothing is sorted by it.")]
    [InlineData("emails[type eq \"work\"]", "'emails[type eq \"work\"]' is not the name of an attribute.")]
    [InlineData("", "'' is not the name of an attribute.")]
    public void Parse_WhatNothingCanBeSortedBy_IsInvalidPath(string sortBy, string detail) =>
        SortAttribute.Parse(sortBy, TestSchemas.Extended.User).Error.ShouldBe(Errors(detail));

    [Fact]
    public void Parse_AnAttributeOfAnotherTypeQueriedToo_IsMissing()
    {
        SortAttribute.Parse("userName", TestSchemas.Group).Error.ShouldNotBeNull();
        SortAttribute.Parse("userName", TestSchemas.Group, others: [TestSchemas.User, TestSchemas.Group]).Value
            .KeyOf((JsonObject)JsonNode.Parse("""{"displayName":"G"}""")!).ShouldBeNull();
    }

    [Fact]
    public void KeyOf_ALongValue_IsCut()
    {
        var sort = SortAttribute.Parse("title", TestSchemas.User).Value;
        Key(new string('a', 1000)).ShouldBe(new string('A', SortKey.MaxLength));
        Key(new string('a', SortKey.MaxLength - 1) + "\U0001F600").ShouldBe(new string('A', SortKey.MaxLength - 1));

        string? Key(string title) => sort.KeyOf(new JsonObject { ["title"] = title });
    }

    private static Scim.Errors.ScimError Errors(string detail) => Scim.Errors.ScimError.InvalidPath(detail);

    private static string Order(IReadOnlyList<string?> keys, bool descending) =>
        string.Join(' ', Enumerable.Range(0, keys.Count).Order(Comparer<int>.Create((x, y) => SortKey.Compare(keys[x], keys[y], descending) is var order && order != 0 ? order : x - y)));
}
