using System.Text;
using System.Text.Json;
using Grains.Abstractions.Groups;
using Grains.Groups;
using Grains.Indexes;
using Grains.Resources;
using Grains.Storage;
using Grains.Users;

namespace Grains.Tests.Storage;

public sealed class StateSerializerTests
{
    private readonly StateSerializer serializer = new();

    [Fact]
    public void RoundTrip_Attributes_AreByteEqual()
    {
        var utf8 = Encoding.UTF8.GetBytes("""{"userName":"ad\u0061","n":1.0e0,"big":12345678901234567890.10,"s":"<\u00e4\/>","o":{"b":1,"a":[ ]}}""");

        RoundTrip(new UserState { Attributes = new RawJson { Utf8 = utf8 } }).Attributes!.Utf8.ShouldBe(utf8);
    }

    [Fact]
    public void RoundTrip_User_LosesNothing()
    {
        var state = new UserState
        {
            WriteId = "w",
            Status = ResourceStatus.Live,
            Version = long.MaxValue,
            ContentVersion = long.MaxValue - 1,
            Marked = true,
            Created = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567),
            LastModified = DateTimeOffset.MaxValue,
            Groups = [new GroupLink { Group = "g", Version = 3, Left = 4 }],
            Work = [new WorkItem { Index = "i", Value = "v\u0001\ud83d\ude00\"" }],
            Digest = "d",
        };

        var back = RoundTrip(state);

        back.Groups.ShouldBe(state.Groups);
        back.Work.ShouldBe(state.Work);
        (back with { Groups = state.Groups, Work = state.Work }).ShouldBe(state);
    }

    [Fact]
    public void RoundTrip_Bucket_LosesNothing()
    {
        var state = new BucketState
        {
            Level = 7,
            Splitting = true,
            Entries =
            [
                new BucketEntry
                {
                    Value = "v",
                    Hash = ulong.MaxValue,
                    Owners = [new BucketOwner { Id = "u1", Version = long.MaxValue, Tag = "User" }],
                    Left = [new BucketOwner { Id = "u2", Version = 3, At = 4_102_444_800 }],
                    Common = true,
                },
            ],
        };

        var back = RoundTrip(state);

        var (entry, expected) = (back.Entries.Single(), state.Entries.Single());
        entry.Owners.ShouldBe(expected.Owners);
        entry.Left.ShouldBe(expected.Left);
        (entry with { Owners = expected.Owners, Left = expected.Left }).ShouldBe(expected);
        (back with { Entries = state.Entries }).ShouldBe(state);
    }

    [Fact]
    public void RoundTrip_GroupWithoutMembers_KeepsItsDefaults()
    {
        var back = RoundTrip(new GroupState { Intent = new MembershipIntent { Adds = [new GroupMember { Id = "u", Type = "User" }] } });

        back.Width.ShouldBe(1);
        back.Schema.ShouldBe(1);
        back.Intent!.Adds.Single().Id.ShouldBe("u");
        back.Intent.Removes.ShouldBeEmpty();
    }

    [Fact]
    public void Serialize_EachRecord_HasItsSchemaVersion() =>
        JsonDocument.Parse(serializer.Serialize(new UserState()).ToMemory()).RootElement.GetProperty("schema").GetInt32().ShouldBe(1);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    public void Deserialize_DamagedRecord_Throws(string record) =>
        Should.Throw<JsonException>(() => serializer.Deserialize<UserState>(BinaryData.FromString(record)));

    [Fact]
    public void Serialize_UnknownType_Throws() => Should.Throw<NotSupportedException>(() => serializer.Serialize(new Uri("http://x")));

    private T RoundTrip<T>(T state) => serializer.Deserialize<T>(serializer.Serialize(state));
}
