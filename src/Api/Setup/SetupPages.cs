using System.Globalization;
using System.Text;
using Grains.Abstractions.Directories;

namespace Api.Setup;

/// <summary>
/// The pages of setup links. They stand alone: one file, nothing fetched, and all but the copying works without a script. The ids and names
/// of fields are stable.
/// </summary>
internal static class SetupPages
{
    private static readonly string Style = Resource("setup.css");
    private static readonly string Script = Resource("setup.js");

    /// <summary>The page behind the link, the same for all: what is behind the <c>#</c> did not come with the request.</summary>
    public static Html Start(string nonce) => Page(nonce, "Set up provisioning", Html.Of($"""
        <h1>Set up provisioning</h1>
        <p>You were sent a setup link so that your identity provider can provision users here. If the page does not go on by itself, paste the link.</p>
        <form id="open" method="post" action="?">
        <div class="field"><label for="link">Setup link</label>
        <input id="link" name="link" type="text" required autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="2000"></div>
        <button id="continue" type="submit">Continue</button>
        </form>
        """));

    /// <summary>The page of a good link: what can be made by it.</summary>
    /// <param name="nonce">The page's nonce.</param>
    /// <param name="place">Where the link leads.</param>
    /// <param name="link">The secret of the link.</param>
    /// <param name="form">What was sent before; null at first.</param>
    /// <param name="faults">What was wrong with that, by field.</param>
    /// <param name="refusal">Why it could not be made though nothing was wrong with it; null otherwise.</param>
    public static Html Choice(string nonce, SetupPlace place, string link, SetupForm? form, IReadOnlyDictionary<string, string> faults, string? refusal = null)
    {
        var ways = place.Guide.Ways.Concat(place.Link.Ways).Distinct().Where(w => place.Link.Ways.Contains(w)).ToList();
        var chosen = form?.Way ?? ways[0];
        return Page(nonce, $"Connect {place.Guide.Provider} to {place.Product}", Html.Of($"""
            {Heading(place)}
            {Summary(faults, refusal)}
            <p class="note"><strong>This link works once.</strong> The values are made when you press one of the buttons below, and shown once, on the page that follows. Have the page of {place.Guide.Provider} at hand into which you will paste them. Looking at this page uses nothing up; the link is good until {When(place.Link.Expires)}.</p>
            <h2>How should {place.Guide.Provider} sign in?</h2>
            {Html.Of(ways.Select(w => Way(w, w == chosen, place, link, form, faults)))}
            """));
    }

    /// <summary>The page that shows what was made.</summary>
    public static Html Done(string nonce, SetupPlace place, SetupValues values) => Page(nonce, $"Connect {place.Guide.Provider} to {place.Product}", Html.Of($"""
        {Heading(place)}
        <p class="note" role="status"><strong>Done. Copy these values now:</strong> the setup link is used up, and they are not shown again.</p>
        <div id="values">
        {Value("tenant-url", "Tenant URL", values.TenantUrl)}
        {Value("secret-token", "Secret Token", values.SecretToken)}
        {Value("token-url", "Token endpoint", values.TokenUrl)}
        {Value("client-id", "Client ID", values.ClientId)}
        {Value("client-secret", "Client secret", values.ClientSecret)}
        </div>
        <p id="copied" role="status" aria-live="polite"></p>
        {(values.Expires is { } ends ? Html.Of($"<p>The secret is good until {When(ends)}. Put a new one into {place.Guide.Provider} before then.</p>") : Html.None)}
        {(values.SecretToken ?? values.ClientSecret) switch { null => Html.Of($"<p>There is no secret: {place.Guide.Provider} signs in by its own signature.</p>"), _ => Html.Of($"<p>Whoever has the secret can change users here: paste it into {place.Guide.Provider} and keep it nowhere else.</p>") }}
        <h2>What to do next</h2>
        <ol id="steps">{Html.Of(place.Guide.Steps(place.Link.Way ?? SetupWay.Key).Select(s => Html.Of($"<li>{s}</li>")))}</ol>
        """));

    /// <summary>One page for every link that does not open: unknown, used, expired, withdrawn.</summary>
    public static Html Gone(string nonce) => Plain(
        nonce,
        "This setup link does not work",
        "It may have been used, have expired or have been withdrawn, or a part of it is missing. Ask whoever sent it to you for a new one.");

    public static Html TooMany(string nonce, int seconds) => Plain(
        nonce,
        "Too many tries",
        string.Create(CultureInfo.InvariantCulture, $"Wait {seconds} seconds, then try again. The link is not used up."));

    public static Html Unavailable(string nonce) => Plain(
        nonce,
        "The page cannot answer for the moment",
        "Wait a moment, then reload this page, and let the browser send the form again: if it did its work already, you are shown the same values.");

    public static Html NotAForm(string nonce) => Plain(nonce, "This is not a form of this page", "Open the setup link again.");

    private static Html Plain(string nonce, string title, string text) =>
        Page(nonce, title, Html.Of($"<h1>{title}</h1>\n<p>{text}</p>"));

    private static Html Page(string nonce, string title, Html content) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{title}</title>
        <style nonce="{nonce}">{new Html(Style)}</style>
        </head>
        <body>
        <main>
        {content}
        </main>
        <script nonce="{nonce}">{new Html(Script)}</script>
        </body>
        </html>

        """);

    private static Html Heading(SetupPlace place) => Html.Of($"""
        <h1>Connect {place.Guide.Provider} to {place.Product}</h1>
        <dl class="place">
        <div><dt>Customer</dt><dd id="tenant">{place.Tenant}</dd></div>
        <div><dt>Directory</dt><dd id="directory">{place.Directory}</dd></div>
        {(place.Link.Label is { } label ? Html.Of($"<div><dt>For</dt><dd id=\"label\">{label}</dd></div>") : Html.None)}
        </dl>
        """);

    private static Html Summary(IReadOnlyDictionary<string, string> faults, string? refusal)
    {
        var lines = faults
            .Select(f => Html.Of($"<li><a href=\"#{IdOf(f.Key)}\">{LabelOf(f.Key)}</a> {f.Value}</li>"))
            .Concat(refusal is null ? [] : [Html.Of($"<li>{refusal} Ask whoever sent you the link.</li>")])
            .ToList();
        return lines.Count == 0 ? Html.None : Html.Of($"""
            <div class="faults" id="faults" role="alert" tabindex="-1">
            <p><strong>Nothing was made yet, and the link is still good.</strong> Mend this and send it again:</p>
            <ul>{Html.Of(lines)}</ul>
            </div>
            """);
    }

    private static Html Way(SetupWay way, bool open, SetupPlace place, string link, SetupForm? form, IReadOnlyDictionary<string, string> faults)
    {
        var name = Admin.NewSetupLinkValidator.Name(way);
        var (title, text, fields, button) = way switch
        {
            SetupWay.Key => ("Secret Token", "You get a Tenant URL and a Secret Token to paste. This is what most applications use.", Html.None, "Make the Secret Token"),
            SetupWay.Client => ("OAuth 2.0 client credentials", "You get a Tenant URL, a token endpoint, a client ID and a client secret to paste.", Years(form, faults), "Make the client ID and secret"),
            _ => ("Workload identity federation", "No secret at all: your identity provider signs in by its own signature. You paste its values here, and get a Tenant URL, a token endpoint and a client ID.", Federation(place.Guide, form, faults), "Make the client ID"),
        };
        return Html.Of($"""
            <details id="way-{name}" name="way"{(open ? new Html(" open") : Html.None)}>
            <summary>{title}</summary>
            <p>{text}</p>
            <form id="form-{name}" method="post" action="?" novalidate>
            <input type="hidden" name="link" value="{link}">
            <input type="hidden" name="submission" value="{SetupForm.NewMark()}">
            <input type="hidden" name="way" value="{name}">
            {fields}
            <button id="use-{name}" type="submit">{button}</button>
            </form>
            </details>
            """);
    }

    private static Html Years(SetupForm? form, IReadOnlyDictionary<string, string> faults)
    {
        var options = new[] { 1, 2, 3 }.Select(y => Html.Of(
            $"<option value=\"{y.ToString(CultureInfo.InvariantCulture)}\"{(form?.Years == y ? new Html(" selected") : Html.None)}>{(y == 1 ? "1 year" : string.Create(CultureInfo.InvariantCulture, $"{y} years"))}</option>"));
        return Html.Of($"""
            <div class="field"><label for="years">The client secret is good for</label>
            <select id="years" name="years"{Described("years", hint: false, faults)}>{Html.Of(options)}</select>{Fault("years", faults)}</div>
            """);
    }

    private static Html Federation(SetupGuide guide, SetupForm? form, IReadOnlyDictionary<string, string> faults)
    {
        var subject = Field("subject", "As it is shown, to the letter.", required: true, form, faults);
        var audience = Field("audience", "As it is shown, to the letter.", required: true, form, faults);
        if (!guide.OfTenant)
        {
            return Html.Of($"""
                <p>{guide.FederationHelp}</p>
                {Field("issuer", "The iss of its assertions.", required: true, form, faults)}
                {Field("jwksUrl", "Where its public keys are: an https address.", required: true, form, faults)}
                {subject}
                {audience}
                """);
        }

        var others = form is not null && (form["issuer"].Length > 0 || form["jwksUrl"].Length > 0 || faults.ContainsKey("issuer") || faults.ContainsKey("jwksUrl"));
        return Html.Of($"""
            <p>{guide.FederationHelp}</p>
            {Field("tenantId", "The directory (tenant) ID of your organisation, a GUID.", required: true, form, faults)}
            {subject}
            {audience}
            <details id="other-issuer"{(others ? new Html(" open") : Html.None)}>
            <summary>Issuer and JWKS URL, if they are not the usual ones</summary>
            <p>They follow from the tenant ID. Paste them only if what is shown to you begins with another address than https://login.microsoftonline.com/.</p>
            {Field("issuer", "Begins with https://", required: false, form, faults)}
            {Field("jwksUrl", "Begins with https://", required: false, form, faults)}
            </details>
            """);
    }

    private static Html Field(string name, string hint, bool required, SetupForm? form, IReadOnlyDictionary<string, string> faults) => Html.Of($"""
        <div class="field"><label for="{IdOf(name)}">{LabelOf(name)}{(required ? Html.None : new Html(" <span>(optional)</span>"))}</label>
        <p class="hint" id="{IdOf(name)}-hint">{hint}</p>
        <input id="{IdOf(name)}" name="{name}" type="text" value="{form?[name]}"{(required ? new Html(" required") : Html.None)}{Described(name, hint: true, faults)} autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="1000">{Fault(name, faults)}</div>
        """);

    private static Html Described(string name, bool hint, IReadOnlyDictionary<string, string> faults) => (hint, faults.ContainsKey(name)) switch
    {
        (true, true) => Html.Of($" aria-invalid=\"true\" aria-describedby=\"{IdOf(name)}-hint {IdOf(name)}-fault\""),
        (true, false) => Html.Of($" aria-describedby=\"{IdOf(name)}-hint\""),
        (false, true) => Html.Of($" aria-invalid=\"true\" aria-describedby=\"{IdOf(name)}-fault\""),
        _ => Html.None,
    };

    private static Html Fault(string name, IReadOnlyDictionary<string, string> faults) =>
        faults.TryGetValue(name, out var fault) ? Html.Of($"\n<p class=\"fault\" id=\"{IdOf(name)}-fault\">{LabelOf(name)} {fault}</p>") : Html.None;

    private static Html Value(string id, string label, string? value) => value is null ? Html.None : Html.Of($"""
        <div class="field"><label for="{id}">{label}</label>
        <div class="value"><input id="{id}" type="text" value="{value}" readonly autocomplete="off" spellcheck="false"><button id="copy-{id}" type="button" class="copy" data-copy="{id}" hidden>Copy<span class="unseen"> {label}</span></button></div></div>
        """);

    private static Html When(DateTimeOffset time) => Html.Of(
        $"<time datetime=\"{time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}\">{time.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC</time>");

    private static string IdOf(string field) => field switch
    {
        "tenantId" => "tenant-id",
        "jwksUrl" => "jwks-url",
        "way" => "way-key",
        _ => field,
    };

    private static string LabelOf(string field) => field switch
    {
        "tenantId" => "Tenant ID",
        "subject" => "Subject",
        "audience" => "Audience",
        "issuer" => "Issuer",
        "jwksUrl" => "JWKS URL",
        "years" => "The time of the client secret:",
        _ => "The way to sign in:",
    };

    private static string Resource(string name)
    {
        using var stream = typeof(SetupPages).Assembly.GetManifestResourceStream("Api.Setup." + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
