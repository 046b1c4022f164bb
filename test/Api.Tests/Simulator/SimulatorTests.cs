using Entra;
using Entra.Options;
using Spectre.Console;

namespace Api.Tests.Simulator;

/// <summary>The traffic of each identity provider, small, and compared with the simulator's model in the end.</summary>
public sealed class SimulatorTests
{
    private const int NoSurprises = 0;

    [Theory]
    [InlineData("default")]
    [InlineData("flagged")]
    [InlineData("wizard")]
    [InlineData("catalogue")]
    public async Task ProvisionAndChange_EachDialect_IsAsTheModelSays(string dialect)
    {
        var server = await TestServer.Shared;
        var spoken = Enum.Parse<PatchDialect>(dialect, ignoreCase: true);
        using var output = new StringWriter();
        var options = new SimulatorOptions
        {
            Url = new Uri(server.Url),
            AdminKey = server.AdminKey,
            Idp = spoken is PatchDialect.Wizard or PatchDialect.Catalogue ? IdentityProvider.Okta : IdentityProvider.Entra,
            Dialect = spoken,
            Users = 40,
            Groups = 5,
            Members = 60,
            Retries = 0.2,
            Passwords = spoken == PatchDialect.Wizard,
        };

        var outcome = await new Simulation(options, AnsiConsole.Console, output, interactive: false).RunAsync(CancellationToken.None);

        outcome.ShouldBe(NoSurprises, output.ToString());
    }
}
