namespace Fuzz.Inputs;

/// <summary>
/// The inputs that others are made from: the seeds, and those that did something new. What an input did is told by its outcome, which
/// stands in for the coverage of code.
/// </summary>
internal sealed class Pool
{
    private const int MaxInputs = 4_000;
    private const int MaxOutcomes = 200_000;

    private readonly List<byte[]> inputs;
    private readonly HashSet<string> outcomes = new(StringComparer.Ordinal);
    private readonly Random random;
    private readonly int seeds;

    public Pool(IEnumerable<byte[]> seeds, Random random)
    {
        inputs = [.. seeds];
        this.seeds = inputs.Count;
        this.random = random;
    }

    /// <summary>How many ways through the parser were seen.</summary>
    public int Outcomes => outcomes.Count;

    public byte[] Draw() => inputs[random.Next(4) == 0 ? random.Next(seeds) : random.Next(inputs.Count)];

    /// <summary>Takes an input in whose outcome was not seen before.</summary>
    public void Offer(byte[] input, string outcome)
    {
        if (outcomes.Count >= MaxOutcomes || !outcomes.Add(outcome))
        {
            return;
        }

        if (inputs.Count < MaxInputs)
        {
            inputs.Add(input);
        }
        else
        {
            inputs[random.Next(seeds, MaxInputs)] = input;
        }
    }
}
