using Grains.Indexes;

namespace Grains.Tests.Indexes;

public sealed class SipHashTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    // The vectors of the reference implementation: texts 00, 00 01, … of so many bytes, the key 00 to 0f.
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(7, 0xab0200f58b01d137)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    [InlineData(63, 0x958a324ceb064572)]
    public void Of_ReferenceVector_IsTheReferenceHash(int length, ulong hash) =>
        SipHash.Of(Key, [.. Enumerable.Range(0, length).Select(i => (byte)i)]).ShouldBe(hash);

    [Fact]
    public void Of_AnotherKey_IsAnotherHash() =>
        SipHash.Of([.. Key.Reverse()], [1, 2, 3]).ShouldNotBe(SipHash.Of(Key, [1, 2, 3]));

    [Fact]
    public void Of_KeyOfAnotherLength_Throws() => Should.Throw<ArgumentException>(() => SipHash.Of(new byte[8], []));
}
