using System.Text.Json;

namespace Crash.Kills;

/// <summary>The ids of what the simulator has deleted, from the model that it saved.</summary>
internal sealed class DeletedResources
{
    private const string Complaint = "must not hold ";
    private const int IdLength = 36;

    private readonly HashSet<string> _ids = [];

    /// <remarks><paramref name="state"/>: The file; where there is none, nothing has been deleted.</remarks>
    public static DeletedResources Read(string state)
    {
        var deleted = new DeletedResources();
        if (!File.Exists(state))
        {
            return deleted;
        }

        using var model = JsonDocument.Parse(File.ReadAllBytes(state));
        foreach (var directory in model.RootElement.GetProperty("directories").EnumerateArray())
        {
            foreach (var resource in directory.GetProperty("users").EnumerateArray().Concat(directory.GetProperty("groups").EnumerateArray()))
            {
                if (resource.GetProperty("deleted").GetBoolean() && resource.GetProperty("id").GetString() is { } id)
                {
                    deleted._ids.Add(id);
                }
            }
        }

        return deleted;
    }

    /// <summary>Whether the surprise is that a user or a group still names one of them.</summary>
    public bool AreNamedIn(string surprise)
    {
        var at = surprise.IndexOf(Complaint, StringComparison.Ordinal);
        return at >= 0
            && surprise.Length >= at + Complaint.Length + IdLength
            && _ids.Contains(surprise.Substring(at + Complaint.Length, IdLength));
    }
}
