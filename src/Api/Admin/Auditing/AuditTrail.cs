using Grains.Abstractions.Auditing;

namespace Api.Admin.Auditing;

/// <summary>What a request changes, as its endpoint notes it for the audit record; in the request's features. Never a secret.</summary>
internal sealed class AuditTrail
{
    /// <summary>How many characters all changes have together: an entry must stay small (see the record's row).</summary>
    private const int MaxCharacters = 1500;

    /// <summary>How many characters of a value are kept; the end of a longer one shows that something is left out.</summary>
    private const int MaxValueLength = 400;

    private const int MaxTargetLength = 100;

    /// <summary>What stands for what is left out.</summary>
    private const string LeftOut = "…";

    private readonly List<string> targets = [];
    private readonly List<AuditChange> changes = [];
    private int characters;

    /// <summary>What it is done to, as <c>directory:…</c>.</summary>
    public string[] Targets => [.. targets];

    /// <summary>What is another than it was.</summary>
    public AuditChange[] Changes => [.. changes];

    /// <summary>Notes what it is done to.</summary>
    public void Target(string kind, string? id)
    {
        var target = $"{kind}:{id}";
        target = target.Length > MaxTargetLength ? target[..MaxTargetLength] : target;
        if (!targets.Contains(target))
        {
            targets.Add(target);
        }
    }

    /// <summary>Notes a setting that is another than it was; does nothing where it is the same.</summary>
    public void Changed<T>(string name, T? old, T? @new)
    {
        if (EqualityComparer<T>.Default.Equals(old, @new))
        {
            return;
        }

        var change = new AuditChange { Name = name, Old = Short(Text(old)), New = Short(Text(@new)) };
        if (Fits(change) || Fits(change = change with { Old = change.Old is null ? null : LeftOut, New = change.New is null ? null : LeftOut }))
        {
            characters += Length(change);
            changes.Add(change);
        }
        else if (changes is [] or [.., { Name: not LeftOut }])
        {
            // More settings than there is room for the names of: that there are is told.
            changes.Add(new AuditChange { Name = LeftOut });
        }
    }

    private bool Fits(AuditChange change) => characters + Length(change) <= MaxCharacters;

    private static int Length(AuditChange change) => change.Name.Length + (change.Old?.Length ?? 0) + (change.New?.Length ?? 0);

    private static string? Short(string? text)
    {
        if (text is null || text.Length <= MaxValueLength)
        {
            return text;
        }

        var kept = MaxValueLength - 1;
        return text[..(char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)] + LeftOut;
    }

    private static string? Text<T>(T? value) => value switch
    {
        null => null,
        string text => text,
        DateTimeOffset time => time.ToString("O"),
        IEnumerable<string?> texts => string.Join(", ", texts),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
