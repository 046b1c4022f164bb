using Entra.Model;
using Entra.Randomness;

namespace Entra.Cycles;

/// <summary>Cuts a list of members as Entra does: now one, now several to a PATCH.</summary>
internal static class MemberChunks
{
    private const int Several = 20;
    private const int Many = 50;

    public static IEnumerable<MemberChange> Cut(GroupRecord group, bool add, UserRecord[] members, SeededRandom random)
    {
        for (var first = 0; first < members.Length;)
        {
            var size = random.Below(10) switch
            {
                < 3 => 1,
                < 8 => random.Between(2, Several),
                _ => random.Between(Several, Many),
            };
            size = Math.Min(size, members.Length - first);
            yield return new MemberChange(group, add, members[first..(first + size)], random.Fork());
            first += size;
        }
    }
}
