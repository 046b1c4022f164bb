using System.Globalization;
using System.Text;
using Entra.Transport;

namespace Entra.Reporting;

/// <summary>
/// Collects what the server did otherwise than expected, and prints the first of them in full. Safe for many threads.
/// </summary>
internal sealed class SurpriseLog(Action<string> print)
{
    private const int PrintedInFull = 20;
    private const int PrintedInBrief = 200;
    private const int LongestBody = 4_000;

    private readonly Lock _gate = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>One that is not about a single answer.</summary>
    public void Add(string directory, string expectation) => Print(directory, expectation, answer: null);

    public void Add(string directory, ScimAnswer answer, string expectation) => Print(directory, expectation, answer);

    private void Print(string directory, string expectation, ScimAnswer? answer)
    {
        lock (_gate)
        {
            var number = ++_count;
            if (number > PrintedInFull + PrintedInBrief)
            {
                return;
            }

            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"SURPRISE {number} [{directory}] {expectation}").AppendLine();
            if (answer is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"  request:  {answer.Method} {answer.Address}").AppendLine();
                if (number <= PrintedInFull)
                {
                    AppendDetail(text, answer);
                }
                else
                {
                    var outcome = answer.Failure ?? answer.Status.ToString(CultureInfo.InvariantCulture);
                    text.Append("  answer:   ").AppendLine(outcome);
                }
            }

            if (number == PrintedInFull + PrintedInBrief)
            {
                text.AppendLine("Further surprises are counted, not printed.");
            }

            print(text.ToString());
        }
    }

    private static void AppendDetail(StringBuilder text, ScimAnswer answer)
    {
        if (answer.RequestBody is { } sent)
        {
            text.Append(CultureInfo.InvariantCulture, $"            {Shown(sent)}").AppendLine();
        }

        if (answer.Failure is { } failure)
        {
            text.Append(CultureInfo.InvariantCulture, $"  answer:   none: {failure}").AppendLine();
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"  answer:   {answer.Status} {answer.MediaType}");
        if (answer.ETag is { } tag)
        {
            text.Append(CultureInfo.InvariantCulture, $"  ETag: {tag}");
        }

        if (answer.Location is { } location)
        {
            text.Append(CultureInfo.InvariantCulture, $"  Location: {location}");
        }

        text.AppendLine();
        if (answer.Body.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"            {Shown(answer.Body)}").AppendLine();
        }
    }

    private static string Shown(byte[] body)
        => body.Length <= LongestBody
            ? Encoding.UTF8.GetString(body)
            : $"{Encoding.UTF8.GetString(body.AsSpan(0, LongestBody))}… ({body.Length} bytes)";
}
