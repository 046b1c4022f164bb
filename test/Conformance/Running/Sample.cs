namespace Conformance.Running;

/// <summary>An attribute that a client may write, and two values for it, in JSON.</summary>
/// <param name="Schema">The URN of its schema.</param>
/// <param name="Name">Its name; a sub-attribute of a complex attribute behind a slash.</param>
/// <param name="First">A value.</param>
/// <param name="Second">Another.</param>
internal sealed record Sample(string Schema, string Name, string First, string Second)
{
    /// <summary>Every attribute of the RFC's User and its enterprise extension that a client may write and that refers to nothing.</summary>
    public static IReadOnlyList<Sample> All { get; } =
    [
        new(Urns.User, "displayName", "\"Babs Jensen\"", "\"Barbara\""),
        new(Urns.User, "nickName", "\"Babs\"", "\"Barb\""),
        new(Urns.User, "profileUrl", "\"https://login.example.org/bjensen\"", "\"https://login.example.org/barbara?x=1#y\""),
        new(Urns.User, "title", "\"Tour Guide\"", "\"Vice President, Ärzte & Söhne\""),
        new(Urns.User, "userType", "\"Employee\"", "\"Contractor\""),
        new(Urns.User, "preferredLanguage", "\"en-US\"", "\"de\""),
        new(Urns.User, "locale", "\"en-US\"", "\"de-AT\""),
        new(Urns.User, "timezone", "\"America/Los_Angeles\"", "\"Europe/Vienna\""),
        new(Urns.User, "active", "true", "false"),
        new(Urns.User, "name/formatted", "\"Ms. Barbara J Jensen, III\"", "\"B. Jensen\""),
        new(Urns.User, "name/familyName", "\"Jensen\"", "\"O'Neil\""),
        new(Urns.User, "name/givenName", "\"Barbara\"", "\"Babette\""),
        new(Urns.User, "name/middleName", "\"Jane\"", "\"J.\""),
        new(Urns.User, "name/honorificPrefix", "\"Ms.\"", "\"Dr.\""),
        new(Urns.User, "name/honorificSuffix", "\"III\"", "\"IV\""),
        new(Urns.User, "emails", """[{"value":"bjensen@example.org","type":"work","primary":true}]""", """[{"value":"babs@jensen.example","type":"home"}]"""),
        new(Urns.User, "phoneNumbers", """[{"value":"555-555-8377","type":"work"}]""", """[{"value":"tel:+1-201-555-0123","type":"mobile"},{"value":" 5 ","type":"fax"}]"""),
        new(Urns.User, "ims", """[{"value":"someaimhandle","type":"aim"}]""", """[{"value":"x@xmpp.example","type":"xmpp"}]"""),
        new(Urns.User, "photos", """[{"value":"https://photos.example.org/1.jpg","type":"photo"}]""", """[{"value":"https://photos.example.org/2.jpg","type":"thumbnail"}]"""),
        new(Urns.User, "addresses", """[{"streetAddress":"100 Universal City Plaza","locality":"Hollywood","region":"CA","postalCode":"91608","country":"US","type":"work","primary":true}]""", """[{"formatted":"456 Hollywood Blvd\nHollywood, CA","type":"home"}]"""),
        new(Urns.User, "entitlements", """[{"value":"print"}]""", """[{"value":"scan","display":"Scanning"}]"""),
        new(Urns.User, "roles", """[{"value":"admin","display":"Administrator","type":"app","primary":true}]""", """[{"value":"reader"},{"value":"writer"}]"""),
        new(Urns.User, "x509Certificates", """[{"value":"MIIDQzCCAqygAwIBAgICEAAw"}]""", """[{"value":"MIIDQzCCAqygAwIBAgICEAA="}]"""),
        new(Urns.Enterprise, "employeeNumber", "\"701984\"", "\"00042\""),
        new(Urns.Enterprise, "costCenter", "\"4130\"", "\"4131\""),
        new(Urns.Enterprise, "organization", "\"Universal Studios\"", "\"Paramount\""),
        new(Urns.Enterprise, "division", "\"Theme Park\"", "\"Movies\""),
        new(Urns.Enterprise, "department", "\"Tour Operations\"", "\"Sales\""),
    ];

    /// <summary>For ids of cases.</summary>
    public string Key => Name.Replace('/', '-');

    /// <summary>Its name in messages and paths: with dots, and the URN before it if it is of an extension.</summary>
    public string Path => (Schema == Urns.User ? "" : Schema + ":") + Name.Replace('/', '.');

    /// <summary>Where it stands in a resource.</summary>
    public string Place => (Schema == Urns.User ? "" : Schema + "/") + Name;

    /// <summary>An object of nothing but this attribute.</summary>
    public string Members(string value)
    {
        var members = value;
        foreach (var name in Place.Split('/').Reverse())
        {
            members = $"{{{Json.Quote(name)}:{members}}}";
        }

        return members;
    }
}
