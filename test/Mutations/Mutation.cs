namespace Mutations;

/// <summary>One change of the source that breaks a rule.</summary>
/// <param name="Rule">The rule, as in <c>docs/protocol.md</c>.</param>
/// <param name="What">What is broken.</param>
/// <param name="File">The file, from the root of the repository.</param>
/// <param name="Before">Text that is there exactly once.</param>
/// <param name="After">What it is replaced with.</param>
/// <param name="Tests">
/// Each of these must fail: <c>Class.Method</c>, for some cases of a theory with parts of their names in brackets.
/// </param>
internal sealed record Mutation(string Rule, string What, string File, string Before, string After, params string[] Tests);
