using Grains.Directories;

namespace Grains.Tests.Directories;

public sealed class KeyRingTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Find_KnownHash_IsThatKey() =>
        KeyRing.Find([Key("a", 1), Key("b", 2)], Hash(2), Now)!.Id.ShouldBe("b");

    [Fact]
    public void Find_UnknownHashOrNoKeys_IsNull()
    {
        KeyRing.Find([Key("a", 1)], Hash(2), Now).ShouldBeNull();
        KeyRing.Find([], Hash(1), Now).ShouldBeNull();
        KeyRing.Find([Key("a", 1)], [], Now).ShouldBeNull();
    }

    [Fact]
    public void Find_Expired_IsNullFromThatInstantOn()
    {
        StoredKey[] keys = [Key("a", 1) with { Expires = Now }];

        KeyRing.Find(keys, Hash(1), Now).ShouldBeNull();
        KeyRing.Find(keys, Hash(1), Now.AddTicks(-1)).ShouldNotBeNull();
    }

    private static StoredKey Key(string id, byte hash) => new() { Id = id, Hash = Hash(hash) };

    private static byte[] Hash(byte fill) => [.. Enumerable.Repeat(fill, 32)];
}
