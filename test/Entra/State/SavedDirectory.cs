using Entra.Options;

namespace Entra.State;

/// <summary>One directory: where it is, how to get in, and what it is expected to hold.</summary>
internal sealed record SavedDirectory(
    string Name,
    Uri Url,
    string Token,
    PatchDialect Dialect,
    SavedUser[] Users,
    SavedGroup[] Groups);
