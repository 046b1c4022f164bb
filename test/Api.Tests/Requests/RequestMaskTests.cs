using System.Text;
using Api.Requests;

namespace Api.Tests.Requests;

public sealed class RequestMaskTests
{
    private static readonly RequestMask Mask = new(["phoneNumbers", "name.familyName", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber"]);

    [Theory]
    [InlineData("""{"password":"x1234","PassWord":["y"]}""", """{"password":"***","PassWord":"***"}""")]
    [InlineData("""{"name":{"givenName":"A","familyName":"B"},"name.familyName":"C"}""", """{"name":{"givenName":"A","familyName":"***"},"name.familyName":"***"}""")]
    [InlineData("""{"phoneNumbers":[{"value":"1"}]}""", """{"phoneNumbers":"***"}""")]
    [InlineData("""{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"7","department":"D"}}""", """{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"***","department":"D"}}""")]
    [InlineData("""{"Operations":[{"op":"Replace","path":"password","value":"x"},{"value":"y","path":"title","op":"add"}]}""", """{"Operations":[{"op":"Replace","path":"password","value":"***"},{"value":"y","path":"title","op":"add"}]}""")]
    [InlineData("""{"Operations":[{"op":"add","path":"phoneNumbers[type eq \"work\"].value","value":"5"}]}""", """{"Operations":[{"op":"add","path":"phoneNumbers[type eq \"***\"].value","value":"***"}]}""")]
    [InlineData("""{"Operations":[{"op":"replace","path":"name","value":{"familyName":"B","givenName":"A"}}]}""", """{"Operations":[{"op":"replace","path":"name","value":{"familyName":"***","givenName":"A"}}]}""")]
    [InlineData("""{"Operations":[{"op":"replace","value":{"name.familyName":"B","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber":"7","phoneNumbers[type eq \"work\"].value":"5"}}]}""", """{"Operations":[{"op":"replace","value":{"name.familyName":"***","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber":"***","phoneNumbers[type eq \"***\"].value":"***"}}]}""")]
    [InlineData("""{"Operations":[{"method":"POST","path":"/Users","data":{"password":"x","userName":"a"}}]}""", """{"Operations":[{"method":"POST","path":"/Users","data":{"password":"***","userName":"a"}}]}""")]
    [InlineData("""{"Operations":[{"method":"PATCH","path":"/Users/1","data":{"Operations":[{"op":"add","path":"phoneNumbers","value":[{"value":"5"}]}]}}]}""", """{"Operations":[{"method":"PATCH","path":"/Users/1","data":{"Operations":[{"op":"add","path":"phoneNumbers","value":"***"}]}}]}""")]
    [InlineData("""{"Resources":[{"name":{"familyName":"B"}}]}""", """{"Resources":[{"name":{"familyName":"***"}}]}""")]
    [InlineData("""{"filter":"phoneNumbers.value eq \"555\""}""", """{"filter":"phoneNumbers.value eq \"***\""}""")]
    [InlineData("""{"filter":"phoneNumbers.value EQ 555 and title eq \"a\""}""", """{"filter":"phoneNumbers.value EQ *** and title eq \"***\""}""")]
    [InlineData("""{"Operations":[{"op":"remove","path":"phoneNumbers[value eq 555]"},{"op":"remove","path":"emails[value eq 555]"}]}""", """{"Operations":[{"op":"remove","path":"phoneNumbers[value eq ***]"},{"op":"remove","path":"emails[value eq 555]"}]}""")]
    [InlineData("""{"Operations":[{"op":"replace","value":{"phoneNumbers[value eq 555].type":"home","emails[value eq 555].type":"home"}}]}""", """{"Operations":[{"op":"replace","value":{"phoneNumbers[value eq ***].type":"***","emails[value eq 555].type":"home"}}]}""")]
    [InlineData("""{"Operations":[{"op":"remove","path":"phoneNumbers[value eq \"x eq \\\"555\"]"}]}""", """{"Operations":[{"op":"remove","path":"phoneNumbers[value eq \"***\"]"}]}""")]
    [InlineData("""{"Operations":[{"OP":"replace","p\u0061th":"password","v\u0061lue":"x1"},{"op":"add","path":"p\u0061ssword","value":"y"}]}""", """{"Operations":[{"OP":"replace","path":"password","value":"***"},{"op":"add","path":"password","value":"***"}]}""")]
    [InlineData("""{"p\u0061ssword":"x1","n\u0061me":{"f\u0061milyName":"B"}}""", """{"password":"***","name":{"familyName":"***"}}""")]
    [InlineData("""{"Operations":{"path":"a","value":{"password":"b"}},"value":{"password":"c"}}""", """{"Operations":{"path":"a","value":{"password":"***"}},"value":{"password":"***"}}""")]
    [InlineData("""{"URN:x":{"phoneNumbers":"1"},"\u0075rn:y":{"phoneNumbers":"1"}}""", """{"URN:x":{"phoneNumbers":"***"},"urn:y":{"phoneNumbers":"***"}}""")]
    [InlineData("""{"title":"my token is mst_acme_AAAAAAAABBBBBBBB","nickName":"Bearer abcdefghijkl"}""", """{"title":"my token is ***","nickName":"***"}""")]
    [InlineData("""{"title":"mst\u005facme\u005fAAAAAAAABBBBBBBB"}""", """{"title":"***"}""")]
    [InlineData("""{"a":1.0e0,"b":null,"c":[true,{}],"displayName":"Zoë <x>"}""", """{"a":1.0e0,"b":null,"c":[true,{}],"displayName":"Zoë <x>"}""")]
    public void Body_AnyShape_IsMasked(string body, string masked) =>
        Encoding.UTF8.GetString(Mask.Body(Encoding.UTF8.GetBytes(body), new HashSet<string>())!).ShouldBe(masked);

    [Fact]
    public void Body_AfterManyNames_IsMaskedAsBefore()
    {
        var mask = new RequestMask(["name.familyName"]);
        for (var i = 0; i < 2_000; i++)
        {
            var body = $$$"""{"a{{{i}}}":{"b":"c"},"name":{"familyName":"B","n{{{i}}}":"d"},"x{{{i}}}":{"password":"e"}}""";
            Encoding.UTF8.GetString(mask.Body(Encoding.UTF8.GetBytes(body), new HashSet<string>())!)
                .ShouldBe($$$"""{"a{{{i}}}":{"b":"c"},"name":{"familyName":"***","n{{{i}}}":"d"},"x{{{i}}}":{"password":"***"}}""");
        }
    }

    [Theory]
    [InlineData("{\"a\":\"?\"}")]
    [InlineData("{\"?\":\"a\"}")]
    public void Body_NotUtf8_IsNotKept(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        bytes[Array.IndexOf(bytes, (byte)'?')] = 0xff;

        Mask.Body(bytes, new HashSet<string>()).ShouldBeNull();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("password=x")]
    [InlineData("""{"a":"\ud800"}""")]
    public void Body_NotJson_IsNotKept(string body) =>
        Mask.Body(Encoding.UTF8.GetBytes(body), new HashSet<string>()).ShouldBeNull();

    [Theory]
    [InlineData("?filter=userName+eq+%22ada%22&count=5", "?filter=userName eq \"ada\"&count=5")]
    [InlineData("?filter=name.familyName%20eq%20%22Love%22", "?filter=name.familyName eq \"***\"")]
    [InlineData("?filter=password+sw+%22a%5C%22b%22", "?filter=password sw \"***\"")]
    [InlineData("?filter=password+sw+hunter2+or+(title+eq+x)", "?filter=password sw *** or (title eq ***)")]
    [InlineData("""?filter=password sw "x eq \"hunter2\"" """, """?filter=password sw "***" """)]
    [InlineData("""?filter=password sw "x eq \"hunter2" """, """?filter=password sw "***" """)]
    [InlineData("""?filter=name.familyName eq "the le \"hunter2\" one" """, """?filter=name.familyName eq "***" """)]
    [InlineData("?filter=password eq \"a hunter2", "?filter=password eq \"***\"")]
    [InlineData("?filter=password eq 'a hunter2'", "?filter=***")]
    [InlineData("?filter=password eq a hunter2", "?filter=***")]
    [InlineData("?filter=password eq a(hunter2", "?filter=***")]
    [InlineData("?filter=password eq (hunter2)", "?filter=***")]
    [InlineData("?filter=password eq [hunter2]", "?filter=***")]
    [InlineData("?filter=password eq=hunter2", "?filter=***")]
    [InlineData("?filter=password=hunter2", "?filter=***")]
    [InlineData("?access_token=secret&aadOptscim062020&aadOptscim062020=1", "?access_token=***&aadOptscim062020&aadOptscim062020=1")]
    [InlineData("?hunter2", "?***")]
    [InlineData("?filter=title eq \"mst_acme_AAAAAAAABBBBBBBB\"", "?filter=title eq \"***\"")]
    [InlineData("?", null)]
    public void Query_AnyShape_IsMasked(string query, string? masked) => Mask.Query(query, new HashSet<string>()).ShouldBe(masked);

    [Fact]
    public void Text_WithValuesThatWereMasked_LacksThem()
    {
        var values = new HashSet<string>();
        Mask.Body("""{"phoneNumbers":[{"value":"555-1234"}]}"""u8.ToArray(), values);

        RequestMask.Text("'555-1234' is no number.", values).ShouldBe("'***' is no number.");
        Encoding.UTF8.GetString(Mask.Body("""{"detail":"'555-1234' is no number.","status":"400"}"""u8.ToArray(), values, echoes: true)!).ShouldBe("""{"detail":"'***' is no number.","status":"400"}""");
    }

    [Theory]
    [InlineData("name.familyName eq \"Nguyen Le Vy\"", "Nguyen Le Vy")]
    [InlineData("name.familyName eq Nguyen", "Nguyen")]
    [InlineData("name.familyName eq 'Nguyen Vy'", "'Nguyen Vy'")]
    public void Text_AfterAFilterThatNamesThem_LacksItsValues(string filter, string value)
    {
        var values = new HashSet<string>();
        Mask.Query($"?filter={filter}", values);

        RequestMask.Text($"Not so: {value}", values)!.ShouldNotContain("Nguyen");
    }
}
