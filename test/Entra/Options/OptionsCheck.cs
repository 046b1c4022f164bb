namespace Entra.Options;

/// <summary>Finds what is wrong with options that are each good by themselves.</summary>
internal static class OptionsCheck
{
    /// <summary>Every problem, in words; none when the options go together.</summary>
    public static List<string> Problems(SimulatorOptions options)
    {
        List<string> problems = [];
        if (options.VerifyOnly)
        {
            AddVerificationProblems(options, problems);
        }
        else
        {
            AddRunProblems(options, problems);
        }

        return problems;
    }

    private static void AddVerificationProblems(SimulatorOptions options, List<string> problems)
    {
        if (options.State is null)
        {
            problems.Add("--verify-only needs --state.");
        }
        else if (!options.State.Exists)
        {
            problems.Add($"--state: there is no file {options.State.FullName}.");
        }

        if (options.Url is not null || options.Token is not null || options.AdminKey is not null)
        {
            problems.Add("--verify-only takes addresses and tokens from --state, not from --url, --token or --admin.");
        }
    }

    private static void AddRunProblems(SimulatorOptions options, List<string> problems)
    {
        if (options.Url is null)
        {
            problems.Add("--url is needed.");
        }

        if (string.IsNullOrEmpty(options.Token) == string.IsNullOrEmpty(options.AdminKey))
        {
            problems.Add("Either --token or --admin is needed, and not both.");
        }

        if (options.AdminKey is null && options.Directories != 1)
        {
            problems.Add("--directories needs --admin.");
        }

        if (options.Dialect is { } dialect && (dialect is PatchDialect.Wizard or PatchDialect.Catalogue) != (options.Idp == IdentityProvider.Okta))
        {
            problems.Add($"--dialect: {dialect.ToString().ToLowerInvariant()} is not one that {options.Idp} sends.");
        }

        if (options is { Passwords: true, Idp: not IdentityProvider.Okta })
        {
            problems.Add("--passwords needs --idp okta.");
        }

        var room = (long)options.Users * options.Groups;
        if (options.Members > room)
        {
            problems.Add(
                $"--members: {options.Groups} groups of {options.Users} users have room for {room} memberships, not {options.Members}.");
        }

        if (options.State?.Directory is { Exists: false } folder)
        {
            problems.Add($"--state: there is no folder {folder.FullName}.");
        }
    }
}
