namespace Fuzz.Targets;

/// <summary>A parser, what it is fed from, and what must hold of what it does.</summary>
/// <param name="Name">As <c>--only</c> has it.</param>
/// <param name="Seeds">Good inputs, which others are made from.</param>
/// <param name="Tokens">Pieces that mean something to the parser.</param>
/// <param name="Try">
/// Takes an input and returns what came of it, in words that tell one way through the parser from another: the text of the fault, say.
/// Throws <see cref="BrokenRuleException"/> where something does not hold; any other exception is a failure, too.
/// </param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<string> Seeds, IReadOnlyList<string> Tokens, Func<byte[], string> Try);
