namespace Conformance.Areas.Create;

/// <summary>Values of the wrong type are refused with 400 invalidValue (RFC 7643 §2.3, RFC 7644 §3.12).</summary>
internal static class TypeCases
{
    private const string Source = "RFC 7643 §2.3";

    private static readonly (string Id, string What, string Members)[] Wrong =
    [
        ("text-from-number", "a number for text", """{"title":7}"""),
        ("text-from-boolean", "a boolean for text", """{"title":true}"""),
        ("text-from-object", "an object for text", """{"title":{"value":"x"}}"""),
        ("text-from-array", "an array for text", """{"title":["x"]}"""),
        ("username-from-number", "a number for userName", """{"userName":7}"""),
        ("external-id-from-number", "a number for externalId", """{"externalId":7}"""),
        ("boolean-from-number", "a number for a boolean", """{"active":1}"""),
        ("boolean-from-word", "another word for a boolean", """{"active":"yes"}"""),
        ("boolean-from-object", "an object for a boolean", """{"active":{}}"""),
        ("complex-from-text", "text for a complex attribute", """{"name":"Barbara"}"""),
        ("complex-from-number", "a number for a complex attribute", """{"name":7}"""),
        ("complex-from-arrays", "two objects for a complex attribute", """{"name":[{"givenName":"A"},{"givenName":"B"}]}"""),
        ("sub-from-number", "a number for a sub-attribute", """{"name":{"givenName":7}}"""),
        ("element-from-number", "a number for an element", """{"emails":[7]}"""),
        ("element-from-array", "an array for an element", """{"emails":[[{"value":"a@example.org"}]]}"""),
        ("multi-from-number", "a number for a multi-valued attribute", """{"emails":7}"""),
        ("element-sub-from-number", "a number for a sub-attribute of an element", """{"emails":[{"value":7}]}"""),
        ("primary-from-word", "a word for 'primary'", """{"emails":[{"value":"a@example.org","primary":"first"}]}"""),
        ("extension-from-text", "text for an extension", Urns.InEnterprise("\"x\"")),
        ("extension-sub-from-number", "a number for text in an extension", Urns.InEnterprise("""{"department":7}""")),
        ("binary-not-base64", "text that is no base64 for binary", """{"x509Certificates":[{"value":"*not base64*"}]}"""),
    ];

    private static readonly (string Id, string What, string Members)[] Forgiven =
    [
        ("boolean-from-text", "the word \"true\" for a boolean", """{"active":"true"}"""),
        ("multi-from-object", "an object for a multi-valued attribute", """{"emails":{"value":"a@example.org"}}"""),
        ("element-from-text", "text for an element", """{"emails":["a@example.org"]}"""),
    ];

    private static readonly (string Type, string Good, string[] Bad)[] Others =
    [
        ("integer", "42", ["\"42\"", "4.2", "true", "4e2"]),
        ("decimal", "4.25", ["\"4.25\"", "true"]),
        ("dateTime", "\"2008-01-23T04:56:22Z\"", ["\"yesterday\"", "\"2008-13-23T04:56:22Z\"", "20080123", "\"2008-01-23\""]),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Wrong.Select(w => Must($"create.type.{w.Id}", $"{Capital(w.What)} is 400 invalidValue", Source, t => Refused(t, w.Members))),
        .. Forgiven.Select(w => Letter($"create.type.{w.Id}", $"{Capital(w.What)} is 400 invalidValue", Source, t => Refused(t, w.Members))),
        .. Others.SelectMany(o => (Case[])
        [
            Must($"create.type.{o.Type}", $"An attribute of type {o.Type} is kept as it was sent", Source, async t =>
            {
                var sample = AttributeOfType(t, o.Type, o.Good);
                (await t.Read(await t.NewUser(sample.Members(o.Good)))).HasJson(sample.Place, o.Good);
            }),
            .. o.Bad.Select((bad, i) => Must($"create.type.{o.Type}-wrong-{i + 1}", $"{bad} for {o.Type} is 400 invalidValue", Source, t =>
                Refused(t, AttributeOfType(t, o.Type, o.Good).Members(bad)))),
        ]),
    ];

    private static async Task Refused(Attempt t, string members)
    {
        var isExtension = members.Contains(Urns.Enterprise, StringComparison.Ordinal);
        if (isExtension)
        {
            t.NeedsAttribute(Urns.Enterprise, "department");
        }

        if (members.Contains("x509", StringComparison.Ordinal))
        {
            t.NeedsAttribute(Urns.User, "x509Certificates");
        }

        (await t.Post("/Users", t.UserJson(members))).IsError(400, "invalidValue", "invalidSyntax");
    }

    /// <summary>An attribute of users of a type that the RFC's schemas do not use but a server's may.</summary>
    private static Sample AttributeOfType(Attempt t, string type, string value)
    {
        foreach (var schema in t.Server.UserSchemas)
        {
            var found = schema["attributes"]!.AsArray().FirstOrDefault(a =>
                a!["type"]?.ToString() == type && a["multiValued"]?.ToString() == "false" && a["mutability"]?.ToString() == "readWrite");
            if (found is not null)
            {
                return new Sample(schema["id"]!.ToString(), found["name"]!.ToString(), value, value);
            }
        }

        throw new NotOfferedException($"Users have no attribute of type {type} here.");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
