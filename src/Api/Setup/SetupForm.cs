using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Api.Admin;
using FluentValidation;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.Features;

namespace Api.Setup;

/// <summary>A form of the page, as it was sent.</summary>
internal sealed record SetupForm
{
    /// <summary>The largest body, in bytes; a form has some hundred.</summary>
    public const int MaxBytes = 64 << 10;

    private const string MediaType = "application/x-www-form-urlencoded";
    private const int MaxFields = 32;
    private const int MaxNameLength = 64;
    private const int MinYears = 1;
    private const int MaxYears = 3;

    /// <summary>Entra's own authority; other clouds have others, and their admins paste issuer and keys.</summary>
    private const string Authority = "https://login.microsoftonline.com/";

    private static readonly string[] Named = ["way", "tenantId", "subject", "audience", "issuer", "jwksUrl", "years"];

    private readonly IReadOnlyDictionary<string, string> fields;

    private SetupForm(IReadOnlyDictionary<string, string> fields) => this.fields = fields;

    /// <summary>The secret of the link; whoever pastes the whole link will do.</summary>
    public string Link => this["link"][(this["link"].LastIndexOf('#') + 1)..];

    /// <summary>Whether it asks for something to be made, and not just to be shown the page.</summary>
    public bool Makes => fields.ContainsKey("way");

    /// <summary>What is to be made; null where it is not one of the ways.</summary>
    public SetupWay? Way => NewSetupLinkValidator.WayOf(this["way"]);

    /// <summary>For how many years a client's secret is to be good.</summary>
    public int Years => int.TryParse(this["years"], out var years) && years is >= MinYears and <= MaxYears ? years : 0;

    /// <summary>A field, trimmed; empty where it was not sent.</summary>
    public string this[string name] => fields.GetValueOrDefault(name, "");

    /// <summary>By what this form is known again when it is sent again, and told from any other: 32 bytes.</summary>
    public byte[] Submission()
    {
        // A form without a mark of its own is known by nothing.
        var text = new StringBuilder(this["submission"] is { Length: > 0 } mark ? mark : NewMark());
        foreach (var name in Named)
        {
            text.Append('\n').Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(this[name])));
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>A mark for a form that is shown.</summary>
    public static string NewMark() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    /// <summary>The federation that it asks for. Issuer and keys follow from Entra's tenant where they are not given.</summary>
    public NewFederation Federation()
    {
        var tenant = TenantId();
        return new NewFederation(
            this["issuer"] is { Length: > 0 } issuer ? issuer : tenant is null ? null : $"{Authority}{tenant}/v2.0",
            this["jwksUrl"] is { Length: > 0 } keys ? keys : tenant is null ? null : $"{Authority}{tenant}/discovery/v2.0/keys",
            this["subject"],
            this["audience"],
            tenant);
    }

    /// <summary>All that is wrong with it, by field, for the person who filled it in.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Faults(IValidator<NewFederation> federations)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Way is not { } way)
        {
            faults["way"] = "Choose one of the ways below.";
        }
        else if (way == SetupWay.Client && Years == 0)
        {
            faults["years"] = $"Choose {MinYears} to {MaxYears} years.";
        }
        else if (way == SetupWay.Federation)
        {
            foreach (var error in (await federations.ValidateAsync(Federation())).Errors)
            {
                faults[error.PropertyName] = error.ErrorMessage;
            }

            NameTenant(faults);
        }

        return faults;
    }

    /// <summary>Reads a form.</summary>
    /// <returns>Null where the request is not one.</returns>
    /// <exception cref="BadHttpRequestException">The body is too large, or ends early.</exception>
    public static async Task<SetupForm?> Read(HttpContext http)
    {
        if (!http.Request.HasFormContentType || !http.Request.ContentType!.Split(';')[0].Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(
                new FormOptions { ValueCountLimit = MaxFields, KeyLengthLimit = MaxNameLength, ValueLengthLimit = MaxBytes },
                http.RequestAborted);
            return new SetupForm(form.ToDictionary(f => f.Key, f => (f.Value is [{ } first, ..] ? first : "").Trim(), StringComparer.Ordinal));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The tenant's id in its usual form; null where it is none.</summary>
    private string? TenantId() => Guid.TryParse(this["tenantId"], out var id) ? id.ToString() : null;

    private void NameTenant(Dictionary<string, string> faults)
    {
        if (this["tenantId"].Length > 0 && TenantId() is null)
        {
            faults["tenantId"] = "must be a GUID, as 12345678-1234-1234-1234-123456789abc.";
        }
        else if (TenantId() is null && this["issuer"].Length == 0)
        {
            faults["tenantId"] = "is lacking. It is a GUID, as 12345678-1234-1234-1234-123456789abc.";
        }

        if (faults.ContainsKey("tenantId"))
        {
            // They would follow from it, and nobody left them out by mistake.
            RemoveUnlessSent("issuer");
            RemoveUnlessSent("jwksUrl");
        }
        else if (this["issuer"].StartsWith(Authority, StringComparison.Ordinal) && TenantId() is { } tenant && !this["issuer"].Contains(tenant, StringComparison.OrdinalIgnoreCase))
        {
            faults["issuer"] = "names another tenant than the tenant ID.";
        }

        void RemoveUnlessSent(string name)
        {
            if (this[name].Length == 0)
            {
                faults.Remove(name);
            }
        }
    }
}
