using Fuzz.Options;
using Fuzz.Runs;
using Fuzz.Targets;

namespace Api.Tests.Fuzzing;

/// <summary>A short run of the fuzzer, with the same inputs each time.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20260131;
    private const int InputsOfEach = 2_000;

    [Fact]
    public void Parsers_RandomAndSpoiltInputs_FailNowhere()
    {
        using var output = new StringWriter();
        var run = new FuzzRun(new FuzzOptions { Seed = Seed, Inputs = (long)InputsOfEach * AllTargets.List.Count }, output);

        run.Run().ShouldBeTrue(output.ToString());

        // Or else the inputs were too wild to get past the first letter.
        run.Results.Where(result => result.Target is not ("token" or "cursor")).ShouldAllBe(result => result.Accepted > InputsOfEach / 500);
    }
}
