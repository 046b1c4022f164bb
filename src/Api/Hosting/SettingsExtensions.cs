using System.Globalization;
using Grains.Abstractions.Requests;
using Microsoft.Extensions.Configuration.Memory;

namespace Api.Hosting;

internal static class SettingsExtensions
{
    /// <summary>Reads the settings and tells every fault, not just the first.</summary>
    /// <returns>False where there was one; the server must not start.</returns>
    public static bool AddMusterSettings(this WebApplicationBuilder builder, out MusterSettings settings)
    {
        // The lowest of all sources: a line for each request would drown what the first start prints.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Default", "Information"), new("Logging:LogLevel:Microsoft.AspNetCore", "Warning")],
        });
        var faults = new List<string>();
        settings = Read(builder.Configuration, faults);
        faults.AddRange(new MusterSettingsValidator().Validate(settings).Errors.Select(e => e.ErrorMessage));
        foreach (var fault in faults)
        {
            Console.Error.WriteLine($"Configuration: {fault}");
        }

        builder.Services.AddSingleton(settings);
        return faults.Count == 0;
    }

    private static MusterSettings Read(IConfiguration configuration, List<string> faults)
    {
        return new MusterSettings
        {
            StoragePath = configuration["Storage:Path"] ?? MusterSettings.DefaultStoragePath,
            StorageCheck = Truth("Storage:CheckAtStart", standard: true),
            StorageBackups = configuration["Storage:Backups"],
            Urls = configuration["urls"],
            RequestsPerSecond = Number("Limits:RequestsPerSecond", Grains.Directories.DirectoryOptions.DefaultRequestsPerSecond),
            RequestBytes = Number("Limits:RequestBytes", MusterSettings.DefaultRequestBytes),
            MaxScanned = Number("Limits:MaxScanned", Grains.Queries.QueryOptions.DefaultMaxScanned),
            CursorSeconds = Number("Limits:CursorSeconds", MusterSettings.DefaultCursorSeconds),
            MaxActivations = Number("Limits:MaxActivations", MusterSettings.DefaultMaxActivations),
            AuditDays = Number("Audit:Days", Grains.Auditing.AuditOptions.DefaultDays),
            PublicUrl = configuration["Api:PublicUrl"],
            Domain = configuration["Api:Domain"],
            Proxies = configuration["Api:Proxies"],
            AdminKey = configuration["Admin:Key"],
            TokenRequestsPerMinute = Number("Limits:TokenRequestsPerMinute", MusterSettings.DefaultTokenRequestsPerMinute),
            SetupRequestsPerMinute = Number("Limits:SetupRequestsPerMinute", MusterSettings.DefaultSetupRequestsPerMinute),
            ClockSkewSeconds = Number("OAuth:ClockSkewSeconds", MusterSettings.DefaultClockSkewSeconds),
            PrivateNetworks = Truth("OAuth:PrivateNetworks", standard: false),
            RequestLog = Truth("RequestLog:On", standard: true),
            RequestBodies = Bodies("RequestLog:Bodies", RequestBodies.Requests),
            RequestLogDays = Number("RequestLog:RetentionDays", MusterSettings.DefaultRequestLogDays),
            RequestLogMegabytes = Number("RequestLog:Megabytes", MusterSettings.DefaultRequestLogMegabytes),
        };

        RequestBodies Bodies(string key, RequestBodies standard)
        {
            if (configuration[key] is not { } text)
            {
                return standard;
            }

            if (Enum.TryParse<RequestBodies>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
            {
                return value;
            }

            faults.Add($"{key} is '{text}'; it must be none, requests or all.");
            return standard;
        }

        bool Truth(string key, bool standard)
        {
            if (configuration[key] is not { } text)
            {
                return standard;
            }

            if (bool.TryParse(text, out var value))
            {
                return value;
            }

            faults.Add($"{key} is '{text}'; it must be true or false.");
            return standard;
        }

        int Number(string key, int standard)
        {
            if (configuration[key] is not { } text)
            {
                return standard;
            }

            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            faults.Add($"{key} is '{text}'; it must be a whole number.");
            return standard;
        }
    }
}
