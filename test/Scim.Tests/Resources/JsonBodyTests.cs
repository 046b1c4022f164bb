using System.Text;
using Scim.Errors;
using Scim.Resources;

namespace Scim.Tests.Resources;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("  ", "The body is not valid JSON: line 1, byte 3.")]
    [InlineData("[]", "The body must be a JSON object.")]
    [InlineData("null", "The body must be a JSON object.")]
    [InlineData("{", "The body is not valid JSON: line 1, byte 2.")]
    [InlineData("{\n \"a\": x}", "The body is not valid JSON: line 2, byte 7.")]
    [InlineData("{} {}", "The body is not valid JSON: line 1, byte 4.")]
    [InlineData("{\"a\":1,}", "The body is not valid JSON: line 1, byte 8.")]
    [InlineData("{/**/}", "The body is not valid JSON: line 1, byte 2.")]
    [InlineData("{\"a\":\"\u0001\"}", "The body is not valid JSON: line 1, byte 7.")]
    [InlineData("""{"a":1,"A":2}""", "'A' stands twice in one object, at byte 7; names are compared without regard to case.")]
    [InlineData("""{"a":[{"b":1,"b":1}]}""", "'b' stands twice in one object, at byte 13; names are compared without regard to case.")]
    [InlineData("""{"a":"\ud800"}""", "The text at byte 5 is not valid Unicode: it has a lone surrogate.")]
    [InlineData("""{"\uDC00":1}""", "The text at byte 1 is not valid Unicode: it has a lone surrogate.")]
    public void Parse_WhatIsNoJsonObject_SaysWhere(string body, string detail) =>
        JsonBody.Parse(Encoding.UTF8.GetBytes(body)).Error.ShouldBe(ScimError.InvalidSyntax(detail));

    [Fact]
    public void Parse_InvalidUtf8_IsInvalidSyntax() =>
        JsonBody.Parse([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']).Error
            .ShouldBe(ScimError.InvalidSyntax("The body is not valid UTF-8."));

    [Fact]
    public void Parse_ByteOrderMark_IsTolerated() =>
        JsonBody.Parse([0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']).Value.Count.ShouldBe(0);

    [Fact]
    public void Parse_NestedToTheLimit_IsTaken() =>
        JsonBody.Parse("""{"a":[{}]}"""u8, maxDepth: 3).Error.ShouldBeNull();

    [Fact]
    public void Parse_NestedDeeper_NamesTheLimit() =>
        JsonBody.Parse("""{"a":[{}]}"""u8, maxDepth: 2).Error
            .ShouldBe(ScimError.InvalidSyntax("The body nests deeper than the limit of 2 levels, at byte 6."));

    [Fact]
    public void Parse_NestedAHundredThousandDeep_IsRefusedWithoutHarm() =>
        JsonBody.Parse(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100_000))).Error!.Detail.ShouldContain("limit of 32 levels");

    [Theory]
    [InlineData("1.0")]
    [InlineData("-0")]
    [InlineData("1e400")]
    [InlineData("12345678901234567890123")]
    public void Parse_Numbers_KeepTheirText(string number) =>
        JsonBody.Parse(Encoding.UTF8.GetBytes($$"""{"n":{{number}}}""")).Value.ToJsonString().ShouldBe($$"""{"n":{{number}}}""");
}
