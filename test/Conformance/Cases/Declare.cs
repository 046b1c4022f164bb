namespace Conformance.Cases;

/// <summary>The words in which cases are declared.</summary>
internal static class Declare
{
    public static Case Must(string id, string title, string source, Func<Attempt, Task> run) => new(id, title, source, Level.Must, Profile.Any, run);

    public static Case Should(string id, string title, string source, Func<Attempt, Task> run) => new(id, title, source, Level.Should, Profile.Any, run);

    public static Case May(string id, string title, string source, Func<Attempt, Task> run) => new(id, title, source, Level.May, Profile.Any, run);

    /// <summary>What the RFCs demand and identity providers contradict.</summary>
    public static Case Letter(string id, string title, string source, Func<Attempt, Task> run) => new(id, title, source, Level.Must, Profile.Rfc, run);

    /// <summary>What an identity provider expects beyond the RFCs.</summary>
    public static Case Provider(string id, string title, string source, Func<Attempt, Task> run) =>
        new(id, title, source, Level.Provider, Profile.Provider, run);
}
