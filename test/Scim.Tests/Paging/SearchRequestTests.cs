using System.Text;
using Scim.Errors;
using Scim.Paging;

namespace Scim.Tests.Paging;

public sealed class SearchRequestTests
{
    private const string Schemas = "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"]";

    [Fact]
    public void Read_EveryMember_IsTaken() =>
        Read($$"""{{{Schemas}},"attributes":["userName","name.familyName"],"excludedAttributes":["groups"],"Filter":"a pr","sortBy":"userName","sortOrder":"Descending","startIndex":11,"count":5}""")
            .ShouldBe(new SearchRequest("userName,name.familyName", "groups", "a pr", "userName", Descending: true, new ListRequest(11, 5)));

    [Fact]
    public void Read_NothingButSchemas_HasTheDefaults() =>
        Read($$"""{{{Schemas}},"filter":null}""").ShouldBe(new SearchRequest(null, null, null, null, Descending: false, new ListRequest(1, 100)));

    [Fact]
    public void Read_ACursor_TakesThePlaceOfTheStartIndex() =>
        Read($$"""{{{Schemas}},"cursor":"","count":5}""").Page.ShouldBe(new ListRequest(1, 5, ""));

    [Theory]
    [InlineData("""{"schemas":["urn:x"]}""", "invalidSyntax", "'schemas' must include 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'.")]
    [InlineData("""{"fliter":"userName pr"}""", "invalidSyntax", "'fliter' is no member of a search.")]
    [InlineData("""[]""", "invalidSyntax", "The body must be a JSON object.")]
    [InlineData("""{"attributes":"userName"}""", "invalidValue", "'attributes' must be an array of strings.")]
    [InlineData("""{"excludedAttributes":[1]}""", "invalidValue", "'excludedAttributes' must be an array of strings.")]
    [InlineData("""{"filter":{}}""", "invalidValue", "'filter' must be a string.")]
    [InlineData("""{"sortBy":1}""", "invalidValue", "'sortBy' must be a string.")]
    [InlineData("""{"sortOrder":"up"}""", "invalidValue", "'sortOrder' must be 'ascending' or 'descending'.")]
    [InlineData("""{"startIndex":"1"}""", "invalidValue", "'startIndex' must be a whole number.")]
    [InlineData("""{"startIndex":1.5}""", "invalidValue", "'startIndex' must be a whole number.")]
    [InlineData("""{"count":[]}""", "invalidValue", "'count' must be a whole number.")]
    [InlineData("""{"cursor":"","count":1.5}""", "invalidCount", "'count' must be a whole number.")]
    [InlineData("""{"cursor":7}""", "invalidValue", "'cursor' must be a string.")]
    [InlineData("""{"cursor":"","startIndex":1}""", "invalidValue", "'startIndex' and 'cursor' are two ways of paging; give one of them.")]
    public void Read_WhatIsWrong_IsNamed(string body, string scimType, string detail) =>
        SearchRequest.Read(Encoding.UTF8.GetBytes(body), Dialect.Entra).Error.ShouldBe(new ScimError(400, scimType, detail));

    [Fact]
    public void Read_WithoutSchemas_IsForTheTolerantDialects()
    {
        SearchRequest.Read("{}"u8, Dialect.Okta).Error.ShouldBeNull();
        SearchRequest.Read("{}"u8, Dialect.Strict).Error!.ScimType.ShouldBe("invalidSyntax");
    }

    private static SearchRequest Read(string body) => SearchRequest.Read(Encoding.UTF8.GetBytes(body), Dialect.Strict).Value;
}
