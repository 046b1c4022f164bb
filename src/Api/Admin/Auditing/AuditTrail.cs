using Grains.Abstractions.Auditing;

namespace Api.Admin.Auditing;

/// <summary>What a request changes, as its endpoint notes it for the audit record; in the request's features. Never a secret.</summary>
internal sealed class AuditTrail
{
    /// <summary>How many characters all changes have together: an entry must stay small (see the record's row).</summary>
    private const int MaxCharacters = 1500;

    private const int MaxTargetLength = 100;

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

        var change = new AuditChange { Name = name, Old = Text(old), New = Text(@new) };
        characters += name.Length + (change.Old?.Length ?? 0) + (change.New?.Length ?? 0);
        if (characters <= MaxCharacters)
        {
            changes.Add(change);
        }
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
