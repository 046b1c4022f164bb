namespace Fuzz.Runs;

/// <summary>An input that did what none may.</summary>
/// <param name="Target">The name of the target.</param>
/// <param name="Number">Which input it was, from 1.</param>
/// <param name="What">The exception, or the limit.</param>
/// <param name="Input">The input.</param>
internal sealed record FuzzFailure(string Target, long Number, string What, byte[] Input);
