using System.Net;
using Cluster.Storage;
using FluentValidation;

namespace Cluster.Settings;

/// <summary>Whether a cluster can run with its settings.</summary>
public sealed class ClusterSettingsValidator : AbstractValidator<ClusterSettings>
{
    private const int MaxPort = 65535;

    /// <summary>The rules.</summary>
    public ClusterSettingsValidator()
    {
        RuleFor(s => s.ServiceId).Matches("^[A-Za-z0-9-]{1,63}$").WithMessage("Cluster:ServiceId is '{PropertyValue}'; it must be 1 to 63 letters, digits or hyphens.");
        RuleFor(s => s.ClusterId).Matches("^[A-Za-z0-9-]{1,63}$").WithMessage("Cluster:ClusterId is '{PropertyValue}'; it must be 1 to 63 letters, digits or hyphens.");
        RuleFor(s => s.SiloPort).InclusiveBetween(1, MaxPort).WithMessage("Cluster:SiloPort is {PropertyValue}; it must be 1 to 65535.");
        RuleFor(s => s.GatewayPort).InclusiveBetween(1, MaxPort).WithMessage("Cluster:GatewayPort is {PropertyValue}; it must be 1 to 65535.");
        RuleFor(s => s.GatewayPort).NotEqual(s => s.SiloPort).WithMessage("Cluster:GatewayPort is {PropertyValue}, and so is Cluster:SiloPort; they must differ.");
        RuleFor(s => s.Address).Must(a => a is null || IPAddress.TryParse(a, out _)).WithMessage("Cluster:Address is '{PropertyValue}'; it must be an IP address.");
        RuleFor(s => s.Tls).Custom((tls, context) =>
        {
            (string Name, string? File)[] files = [("Certificate", tls.Certificate), ("Key", tls.Key), ("Authority", tls.Authority)];
            foreach (var (name, file) in tls.IsSet ? files : [])
            {
                if (!File.Exists(file))
                {
                    context.AddFailure($"Cluster:Tls:{name} is '{file}'; it must name a PEM file, as the others of Cluster:Tls.");
                }
            }
        });
        RuleFor(s => s.Storage).Custom((account, context) => Check("Storage", account, context.AddFailure));
        RuleForEach(s => s.Accounts).Custom((named, context) =>
        {
            if (!AccountNames.IsName(named.Key))
            {
                context.AddFailure($"Storage:Accounts:{named.Key} is not a name of an account; it must be 1 to {AccountNames.MaxLength} small letters or digits.");
            }

            Check($"Storage:Accounts:{named.Key}", named.Value, context.AddFailure);
        });
    }

    private static void Check(string name, TableAccount account, Action<string> fault)
    {
        if (account is { ConnectionString: null, ServiceUri: null })
        {
            fault($"{name} has neither ConnectionString nor ServiceUri; it must have one of them.");
        }
        else if (account is { ConnectionString: not null, ServiceUri: not null })
        {
            fault($"{name} has both ConnectionString and ServiceUri; it must have one of them.");
        }
        else if (account.ServiceUri is { } uri && !(Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps))
        {
            fault($"{name}:ServiceUri is '{uri}'; it must be an https address, as https://<account>.table.core.windows.net.");
        }
    }
}
