using Scim.Filters;

namespace Scim.Tests.Filters;

public class FilterParsingTests
{
    [Theory]
    // RFC 7644 §3.4.2.2, Figure 2.
    [InlineData("userName eq \"bjensen\"")]
    [InlineData("name.familyName co \"O'Malley\"")]
    [InlineData("userName sw \"J\"")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"")]
    [InlineData("title pr")]
    [InlineData("meta.lastModified gt \"2011-05-13T04:42:34Z\"")]
    [InlineData("meta.lastModified ge \"2011-05-13T04:42:34Z\"")]
    [InlineData("meta.lastModified lt \"2011-05-13T04:42:34Z\"")]
    [InlineData("meta.lastModified le \"2011-05-13T04:42:34Z\"")]
    [InlineData("title pr and userType eq \"Employee\"")]
    [InlineData("title pr or userType eq \"Intern\"")]
    [InlineData("schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"")]
    [InlineData("userType eq \"Employee\" and (emails co \"example.com\" or emails.value co \"example.org\")")]
    [InlineData("userType ne \"Employee\" and not (emails co \"example.com\" or emails.value co \"example.org\")")]
    [InlineData("userType eq \"Employee\" and emails[type eq \"work\" and value co \"@example.com\"]")]
    [InlineData("emails[type eq \"work\" and value co \"@example.com\"] or ims[type eq \"xmpp\" and value co \"@foo.com\"]")]
    public void Parse_RfcExample_PrintsAsItStands(string text) => Filter.Parse(text).Value.ToString().ShouldBe(text);

    [Theory]
    [InlineData("  userName   EQ   \"a\"  ", "userName eq \"a\"")]
    [InlineData("((a pr))", "a pr")]
    [InlineData("a pr OR b pr And c pr", "a pr or b pr and c pr")]
    [InlineData("(a pr or b pr) and c pr", "(a pr or b pr) and c pr")]
    [InlineData("a pr or (b pr and c pr)", "a pr or b pr and c pr")]
    [InlineData("a pr and (b pr and c pr)", "a pr and (b pr and c pr)")]
    [InlineData("not(a pr) and b pr", "not (a pr) and b pr")]
    [InlineData("NOT ( not (a pr or b pr) )", "not (not (a pr or b pr))")]
    [InlineData("active eq True and x eq NULL and y eq -1.50e+3", "active eq true and x eq null and y eq -1.50e+3")]
    [InlineData("a eq \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", "a eq \"\\\"\\\\/\\u0008\\u000c\\u000a\\u000d\\u0009é😀\"")]
    [InlineData("emails[type eq \"work\"].value eq \"x\"", "emails[type eq \"work\" and value eq \"x\"]")]
    [InlineData("emails[type eq \"a\" or type eq \"b\"].value pr", "emails[(type eq \"a\" or type eq \"b\") and value pr]")]
    public void Parse_PrintsCanonically(string text, string canonical) => Filter.Parse(text).Value.ToString().ShouldBe(canonical);

    [Fact]
    public void Parse_Precedence_NotBeforeAndBeforeOr()
    {
        var or = Filter.Parse("not (a pr) and b pr or c pr").Value.ShouldBeOfType<OrFilter>();
        or.Left.ShouldBeOfType<AndFilter>().Left.ShouldBeOfType<NotFilter>();
    }

    [Theory]
    [InlineData("", "character 1")]
    [InlineData("   ", "character 4")]
    [InlineData("userName", "an operator")]
    [InlineData("userName ", "an operator")]
    [InlineData("userName eq", "a string in double quotes")]
    [InlineData("userName eq ", "a string in double quotes")]
    [InlineData("userName xx \"a\"", "character 10")]
    [InlineData("userName eq bjensen", "a string in double quotes")]
    [InlineData("userName eq 'bjensen'", "a string in double quotes")]
    [InlineData("userName eq \"bjensen", "begun at character 13")]
    [InlineData("userName eq\"a\"", "a space")]
    [InlineData("userName eq \"a\" and", "'and', 'or' or the end")]
    [InlineData("userName eq \"a\" and ", "character 21")]
    [InlineData("userName eq \"a\" xor b pr", "'and', 'or' or the end")]
    [InlineData("userName eq \"a\" b", "'and', 'or' or the end")]
    [InlineData("(userName pr", "')'")]
    [InlineData("userName pr)", "the end")]
    [InlineData("()", "character 2")]
    [InlineData("not userName pr", "'(' after 'not'")]
    [InlineData("emails[type eq \"work\"", "']'")]
    [InlineData("emails[type eq \"work\"].", "a sub-attribute")]
    [InlineData("emails[type eq \"work\"].value", "an operator")]
    [InlineData("emails[ims[a pr]]", "cannot be nested")]
    [InlineData("name.x[a pr]", "no filter can follow")]
    [InlineData("and", "an operator")]
    [InlineData("\"a\" eq userName", "the name of an attribute")]
    [InlineData("a eq \"\\x\"", "an escape sequence")]
    [InlineData("a eq \"\\u12\"", "an escape sequence")]
    [InlineData("a eq \"\\ud800\"", "surrogates")]
    [InlineData("a eq \"\\udc00\\ud800\"", "surrogates")]
    [InlineData("a eq \"\u0001\"", "control character")]
    [InlineData("a eq 01", "a number")]
    [InlineData("a eq 1.", "a number")]
    [InlineData("a eq 1e", "a number")]
    [InlineData("a eq +1", "a number")]
    [InlineData("a eq .5", "a number")]
    [InlineData("a.b.c pr", "the name of an attribute")]
    [InlineData("a\tpr", "the name of an attribute")]
    public void Parse_Malformed_SaysWhereAndWhatWasExpected(string text, string expected)
    {
        var error = Filter.Parse(text).Error!;
        error.ScimType.ShouldBe("invalidFilter");
        error.Status.ShouldBe(400);
        error.Detail.ShouldContain(expected);
    }

    [Fact]
    public void Parse_TooLong_SaysTheLimit() =>
        Filter.Parse($"userName eq \"{new string('a', FilterLimits.DefaultMaxLength)}\"").Error!.Detail.ShouldContain("limit is 8192");

    [Fact]
    public void Parse_TooDeep_SaysTheLimit()
    {
        Nested(32).Error.ShouldBeNull();
        Nested(33).Error!.Detail.ShouldContain("limit of 32");
        Nested(4000).Error!.Detail.ShouldContain("limit of 32");

        static Scim.Errors.Result<Filter> Nested(int depth) => Filter.Parse(new string('(', depth) + "a pr" + new string(')', depth));
    }

    [Fact]
    public void Parse_TooManyTerms_SaysTheLimit()
    {
        Terms(100).Error.ShouldBeNull();
        Terms(101).Error!.Detail.ShouldContain("100");

        static Scim.Errors.Result<Filter> Terms(int count) => Filter.Parse(string.Join(" or ", Enumerable.Repeat("a pr", count)));
    }

    [Fact]
    public void Parse_LimitsAreOptions()
    {
        Filter.Parse("a pr and b pr", new FilterLimits { MaxTerms = 1 }).Error!.Detail.ShouldContain("more than 1");
        Filter.Parse("(a pr)", new FilterLimits { MaxDepth = 0 }).Error!.Detail.ShouldContain("limit of 0");
        Filter.Parse("a pr", new FilterLimits { MaxLength = 3 }).Error!.Detail.ShouldContain("limit is 3");
    }
}
