using FluentValidation;

namespace Api.Hosting;

internal sealed class MusterSettingsValidator : AbstractValidator<MusterSettings>
{
    private const int MinAdminKeyLength = 32;

    public MusterSettingsValidator()
    {
        RuleFor(s => s.StoragePath).NotEmpty().WithMessage("Storage:Path must name a file.");
        RuleFor(s => s.StorageBackups).Must(b => b is null || b.Length > 0).WithMessage("Storage:Backups must name a folder.");
        RuleFor(s => s.RequestsPerSecond).GreaterThanOrEqualTo(0).WithMessage("Limits:RequestsPerSecond is {PropertyValue}; it must be 0 (no limit) or more.");
        RuleFor(s => s.RequestBytes).InclusiveBetween(1024, 1 << 30).WithMessage("Limits:RequestBytes is {PropertyValue}; it must be between 1024 and 1073741824.");
        RuleFor(s => s.MaxScanned).GreaterThanOrEqualTo(1).WithMessage("Limits:MaxScanned is {PropertyValue}; it must be 1 or more.");
        RuleFor(s => s.CursorSeconds).InclusiveBetween(1, 1 << 30).WithMessage("Limits:CursorSeconds is {PropertyValue}; it must be between 1 and 1073741824.");
        RuleFor(s => s.MaxActivations).GreaterThanOrEqualTo(1000).WithMessage("Limits:MaxActivations is {PropertyValue}; it must be 1000 or more.");
        RuleFor(s => s.AuditDays).InclusiveBetween(1, 36500).WithMessage("Audit:Days is {PropertyValue}; it must be between 1 and 36500.");
        RuleFor(s => s.PublicUrl)
            .Must(u => u is null || (Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            .WithMessage("Api:PublicUrl is '{PropertyValue}'; it must be an absolute http or https address.");
        RuleFor(s => s.Domain)
            .Must(d => d is null || (Uri.CheckHostName(d) == UriHostNameType.Dns && d.Contains('.', StringComparison.Ordinal)))
            .WithMessage("Api:Domain is '{PropertyValue}'; it must be a domain such as scim.example.com.");
        RuleFor(s => s.Proxies)
            .Must(p => p is null || Array.TrueForAll(p.Split(',', StringSplitOptions.TrimEntries), n => ForwardedRequests.TryParse(n, out _)))
            .WithMessage("Api:Proxies is '{PropertyValue}'; it must have IP addresses or networks (10.0.0.0/8), separated by commas.");
        RuleFor(s => s.TokenRequestsPerMinute).GreaterThanOrEqualTo(0).WithMessage("Limits:TokenRequestsPerMinute is {PropertyValue}; it must be 0 (no limit) or more.");
        RuleFor(s => s.SetupRequestsPerMinute).GreaterThanOrEqualTo(0).WithMessage("Limits:SetupRequestsPerMinute is {PropertyValue}; it must be 0 (no limit) or more.");
        RuleFor(s => s.ClockSkewSeconds).InclusiveBetween(0, 300).WithMessage("OAuth:ClockSkewSeconds is {PropertyValue}; it must be between 0 and 300.");
        RuleFor(s => s.RequestLogDays).InclusiveBetween(1, 3650).WithMessage("RequestLog:RetentionDays is {PropertyValue}; it must be between 1 and 3650.");
        RuleFor(s => s.RequestLogMegabytes).InclusiveBetween(1, 256).WithMessage("RequestLog:Megabytes is {PropertyValue}; it must be between 1 and 256.");
        RuleFor(s => s.AdminKey)
            .Must(k => k is null || k.Length >= MinAdminKeyLength)
            .WithMessage($"Admin:Key must have at least {MinAdminKeyLength} characters.");
    }
}
