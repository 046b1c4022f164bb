using Api.Hosting;
using Api.OAuth;
using FluentValidation;

namespace Api.Admin;

internal sealed class NewFederationValidator : AbstractValidator<NewFederation>
{
    private const int MaxLength = 1000;

    public NewFederationValidator(MusterSettings settings)
    {
        var addresses = new JwksAddresses(settings.PrivateNetworks);
        Pasted(f => f.Issuer, "issuer");
        Pasted(f => f.Subject, "subject");
        Pasted(f => f.Audience, "audience");
        Pasted(f => f.TenantId, "tenantId", optional: true);
        RuleFor(f => f.JwksUrl)
            .Must(u => u is { Length: <= MaxLength } && addresses.TryRead(u.Trim(), out _))
            .WithMessage("must be an https address on the internet, without user name and fragment.")
            .OverridePropertyName("jwksUrl");
    }

    private void Pasted(System.Linq.Expressions.Expression<Func<NewFederation, string?>> member, string name, bool optional = false) =>
        RuleFor(member)
            .Must(t => t is null ? optional : t.Trim().Length is > 0 and <= MaxLength && !t.Trim().Any(char.IsControl))
            .WithMessage($"must be text of 1 to {MaxLength} characters, as the identity provider shows it.")
            .OverridePropertyName(name);
}
