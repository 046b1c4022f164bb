using Entra.Model;
using Entra.Randomness;

namespace Entra.Cycles;

/// <summary>One PATCH of a group's members.</summary>
internal sealed record MemberChange(GroupRecord Group, bool Add, UserRecord[] Members, SeededRandom Random);
