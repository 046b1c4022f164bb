using Entra.Transport;

namespace Entra.Verification;

/// <summary>What one try of a check found, until it is known whether it stands; and the answers it was found in.</summary>
internal sealed class DeviationList : IDisposable
{
    private readonly List<(ScimAnswer Answer, string Expectation)> _deviations = [];
    private ScimAnswer? _newest;

    public int Count => _deviations.Count;

    /// <summary>Takes the answer over: it is kept for as long as a deviation may name it.</summary>
    public void Keep(ScimAnswer answer)
    {
        ReleaseNewest();
        _newest = answer;
    }

    public void Add(ScimAnswer answer, string expectation) => _deviations.Add((answer, expectation));

    public void Report(AnswerCheck check)
    {
        foreach (var (answer, expectation) in _deviations)
        {
            check.Failed(answer, expectation);
        }
    }

    public void Dispose() => ReleaseNewest();

    // A reported answer is printed from its bytes, so its parsed form can go.
    private void ReleaseNewest() => _newest?.Dispose();
}
