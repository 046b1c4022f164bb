using System.CommandLine;
using Fuzz.Runs;
using Fuzz.Targets;

namespace Fuzz.Options;

/// <summary>The command line.</summary>
internal static class FuzzCommand
{
    private static readonly FuzzOptions Defaults = new();

    private static readonly Option<long> Inputs = new("--inputs")
    {
        Description = "How many inputs, over all targets together.",
        DefaultValueFactory = _ => Defaults.Inputs,
    };

    private static readonly Option<double?> Seconds = new("--seconds") { Description = "For how long at most, over all targets together." };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "What all that is random is drawn from: a seed and a target make the same inputs each time.",
        DefaultValueFactory = _ => Defaults.Seed,
    };

    private static readonly Option<string[]> Only = new Option<string[]>("--only")
    {
        Description = "The targets; all, unless told.",
        AllowMultipleArgumentsPerToken = true,
    }.AcceptOnlyFromAmong([.. AllTargets.List.Select(target => target.Name)]);

    private static readonly Option<string?> Replay = new("--replay")
    {
        Description = "One input in base64, as a failure prints it, for the one target of --only.",
    };

    /// <summary>The command. Exit code 0: nothing failed. 1: something did. 2: the options make no sense.</summary>
    public static RootCommand Build()
    {
        var command = new RootCommand("Gives random and spoilt inputs to every parser, and watches what they do: no exception, no hang, bounded memory.")
        {
            Inputs, Seconds, Seed, Only, Replay,
        };
        command.SetAction(result =>
        {
            var only = result.GetValue(Only) ?? [];
            byte[]? replay = null;
            if (result.GetValue(Replay) is { } text)
            {
                replay = new byte[text.Length];
                if (only.Length != 1 || !Convert.TryFromBase64String(text, replay, out var length))
                {
                    Console.Error.WriteLine("--replay takes base64, and needs --only with one target.");
                    return 2;
                }

                replay = replay[..length];
            }

            var options = new FuzzOptions
            {
                Inputs = result.GetValue(Inputs),
                Seconds = result.GetValue(Seconds),
                Seed = result.GetValue(Seed),
                Only = only,
                Replay = replay,
            };
            return new FuzzRun(options, Console.Out).Run() ? 0 : 1;
        });
        return command;
    }
}
