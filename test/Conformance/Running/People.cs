namespace Conformance.Running;

/// <summary>Some users who are made once a run, for the cases that only read.</summary>
internal sealed class People
{
    private readonly Dictionary<string, Resource> byKey = new(StringComparer.Ordinal);

    private People(string tag) => Tag = tag;

    /// <summary>What every <c>userName</c> of them begins with.</summary>
    public string Tag { get; }

    /// <summary>A filter that only they satisfy.</summary>
    public string Scope => $"userName sw \"{Tag}\"";

    public Resource this[string key] => byKey[key];

    public IEnumerable<string> Keys => byKey.Keys;

    /// <summary>The keys of those who are in a list, in its order; others are left out.</summary>
    public IReadOnlyList<string> In(Answer list) =>
        [.. list.Ids.Select(id => byKey.FirstOrDefault(p => p.Value.Id == id).Key).Where(key => key is not null)];

    /// <summary>Makes ada, bob, cyd and dan: each attribute is there and not, in several cases, with values that sort apart.</summary>
    public static async Task<People> Make(Attempt t)
    {
        var people = new People(t.Name("People"));
        await people.Add(t, "ada", """
            {"displayName":"Ada Lovelace","title":"Countess","nickName":"ADA","active":true,"locale":"en-GB","userType":"Employee",
             "profileUrl":"https://people.example.org/ada","name":{"givenName":"Ada","familyName":"Lovelace"},
             "emails":[{"value":"ada@work.example.org","type":"work","primary":true},{"value":"ada@home.example.org","type":"home"}],
             "phoneNumbers":[{"value":"+44 1","type":"work"}],
             "x509Certificates":[{"value":"QURB","type":"work"}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Analysis","employeeNumber":"1001","costCenter":"c9"}}
            """);
        await people.Add(t, "bob", """
            {"displayName":"bob builder","title":"builder","active":false,"locale":"de-DE","userType":"Contractor",
             "profileUrl":"https://people.example.org/bob","name":{"givenName":"Bob","familyName":"Builder"},
             "emails":[{"value":"robert@work.example.net","type":"work"},{"value":"bob@home.example.org","type":"home","primary":true}],
             "x509Certificates":[{"value":"Qk9C"}],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Building","employeeNumber":"1002"}}
            """);
        await people.Add(t, "cyd", """
            {"displayName":"Cyd \"Quote\" O'Hara","title":"Dancer","active":true,"name":{"familyName":"Ångström"},
             "emails":[{"value":"cyd@work.example.org","type":"work"}]}
            """);
        await people.Add(t, "dan", "{}");
        return people;
    }

    private async Task Add(Attempt t, string key, string members)
    {
        var withId = Json.Text(Json.Merge(Json.Parse(members)!.AsObject(), $$"""{"externalId":"{{Tag}}-Ext-{{key}}"}"""));
        byKey.Add(key, await t.NewUser(withId, $"{Tag}-{key}"));
    }
}
