using Grains.Indexes;

namespace Grains.Tests.Indexes;

public sealed class IndexHashTests
{
    private const ulong Shared = (1UL << 40) - 1;

    private static readonly byte[] Key = new byte[SipHash.KeyLength];
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);

    [Fact]
    public void Of_IdsDrawnAtOnce_ShareABucketAndAreToldApart()
    {
        var (one, two) = (Id(Now), Id(Now.AddMilliseconds(7)));

        var (hash, other) = (Hash(one), Hash(two));

        (hash & Shared).ShouldBe(other & Shared);
        hash.ShouldNotBe(other);
    }

    [Fact]
    public void Of_IdsDrawnOneAfterTheOther_AreSpread()
    {
        // 64 buckets, 40 each on average: none gets more than twice that by chance but once in many thousand times.
        var buckets = Enumerable.Range(0, 64 * 40).GroupBy(i => Hash(Id(Now.AddMilliseconds(i * 8L))) & 63).Select(g => g.Count()).ToList();

        buckets.Count.ShouldBe(64);
        buckets.Max().ShouldBeLessThan(80);
    }

    [Theory]
    [InlineData("u-username")]
    [InlineData("m-0198c0de-0000-7000-8000-00000000abcd")]
    public void Of_IdsInAnotherIndex_ShareNothing(string index) =>
        (IndexHash.Of(Key, index, Id(Now)) & Shared).ShouldNotBe(IndexHash.Of(Key, index, Id(Now)) & Shared);

    [Theory]
    [InlineData("0198c0de-0000-8000-8000-00000000abcd", "0198c0de-0000-8000-8000-00000000abce")]
    [InlineData("0198c0dez0000-7000-8000-00000000abcd", "xyz")]
    [InlineData("x198c0de-0000-7000-8000-00000000abcd", "x198c0de-0000-7000-8000-00000000abce")]
    [InlineData("", "a")]
    public void Of_OtherIds_ShareNothing(string one, string two) => (Hash(one) & Shared).ShouldNotBe(Hash(two) & Shared);

    private static ulong Hash(string id) => IndexHash.Of(Key, IndexNames.UserId, id);

    private static string Id(DateTimeOffset at) => Guid.CreateVersion7(at).ToString();
}
