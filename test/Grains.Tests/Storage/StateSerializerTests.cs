using System.Reflection;
using System.Text;
using System.Text.Json;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Requests;
using Grains.Directories;
using Grains.Events;
using Grains.Groups;
using Grains.Indexes;
using Grains.Platform;
using Grains.Requests;
using Grains.Resources;
using Grains.Storage;
using Grains.Tenants;
using Grains.Users;

namespace Grains.Tests.Storage;

public sealed class StateSerializerTests
{
    private readonly StateSerializer serializer = new();

    /// <summary>
    /// A row that was written before a member was added has none of it: reading it must not leave nulls where none are expected. Those that have
    /// always been there may be.
    /// </summary>
    [Theory]
    [InlineData(typeof(UserState), "Groups,Work")]
    [InlineData(typeof(GroupState), "Groups,Work")]
    [InlineData(typeof(DirectoryState), "Tenant,Name,HashKey,Keys,Widths,UserIndexes,GroupIndexes")]
    [InlineData(typeof(TenantState), "Name,Directories")]
    [InlineData(typeof(PlatformState), "TokenCheckKey,AdminKeys,Tenants")]
    public void Deserialize_RowWithoutAMember_HasNoNullWhereNoneIsExpected(Type type, string inEveryRow)
    {
        var read = typeof(StateSerializer).GetMethod(nameof(StateSerializer.Deserialize))!.MakeGenericMethod(type);

        var state = read.Invoke(serializer, [new BinaryData("{}"u8.ToArray())]);

        var nullability = new NullabilityInfoContext();
        type.GetProperties()
            .Where(p => p.CanWrite && !p.PropertyType.IsValueType && nullability.Create(p).ReadState == NullabilityState.NotNull && p.GetValue(state) is null)
            .Select(p => p.Name)
            .ShouldBe(inEveryRow.Split(','), ignoreOrder: true);
    }

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
    public void RoundTrip_LogWithOtherTypes_KeepsTheirNumbers_AndOneWithoutIsAsBefore()
    {
        var state = new EventLogState { Users = 3, Groups = 2, Others = [new TypeCount { Type = "Device", Count = 5 }] };

        RoundTrip(state).Others.ShouldBe(state.Others);
        RoundTrip(state with { Others = [] }).Others.ShouldBeEmpty();
        RoundTrip(state with { Others = [] }).Users.ShouldBe(3);
    }

    [Fact]
    public void Counting_EntriesOfSeveralTypes_CountsEachAndForgetsNone()
    {
        LogEntry[] entries =
        [
            Entry("Device", EventKind.Create), Entry("Device", EventKind.Create), Entry("Room", EventKind.Create), Entry("User", EventKind.Create),
            Entry("Device", EventKind.Patch), Entry("Room", EventKind.Delete), Entry("Group", EventKind.Create),
        ];

        var counted = new EventLogState().Counting(entries);

        (counted.Users, counted.Groups).ShouldBe((1, 1));
        counted.Others.ShouldBe([new TypeCount { Type = "Device", Count = 2 }]);
        counted.Counting(entries, sign: -1).Others.ShouldBeEmpty();

        static LogEntry Entry(string type, EventKind kind) => new() { ResourceType = type, Kind = kind, Status = EventStatus.Settled };
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

    [Theory]
    [InlineData("0198c0de-0000-7000-8000-00000000abcd", "0198c0de-0000-7000-8000-00000000abcd", null)]
    [InlineData("ada@example.com", "0198c0de-0000-7000-8000-00000000abcd", null)]
    [InlineData("ada@example.com", "0198C0DE-0000-7000-8000-00000000ABCD", null)]
    [InlineData("ä\u0001\ud83d\ude00", "no-uuid", "Group")]
    [InlineData("", "0198c0de000070008000000000000abc", "")]
    [InlineData("0198c0de000070008000000000000abc", "0198c0de000070008000000000000abc", null)]
    public void RoundTrip_BucketWithOneId_LosesNothing(string value, string id, string? tag)
    {
        var entry = new BucketEntry { Value = value, Hash = 1UL << 63, Owners = [new BucketOwner { Id = id, Version = 300, Tag = tag }] };

        var back = RoundTrip(new BucketState { Entries = [entry, entry] });

        back.Entries.Length.ShouldBe(2);
        back.Entries[1].Owners.ShouldBe(entry.Owners);
        (back.Entries[1] with { Owners = entry.Owners }).ShouldBe(entry);
    }

    [Fact]
    public void RoundTrip_Log_LosesNothing()
    {
        var entry = new LogEntry
        {
            Sequence = long.MaxValue,
            ResourceType = "Group",
            ResourceId = "0198c0de-0000-7000-8000-00000000abcd",
            WriteId = Guid.NewGuid().ToString("N"),
            Version = 7,
            Kind = EventKind.Delete,
            At = 4_102_444_800_000,
            Status = EventStatus.Dropped,
        };
        var log = new EventLogState
        {
            WriteId = "w",
            Segments = 300,
            Cleared = 5,
            Entries = [entry, entry with { WriteId = "short", Status = EventStatus.Unsettled, Kind = EventKind.Void }],
            Unfinished = [new ResourceName { Type = "User", Id = "u" }],
        };
        var segment = new EventSegmentState { WriteId = "w", Entries = log.Entries };

        var (backLog, backSegment) = (RoundTrip(log), RoundTrip(segment));

        backLog.Entries.ShouldBe(log.Entries);
        backLog.Unfinished.ShouldBe(log.Unfinished);
        (backLog with { Entries = log.Entries, Unfinished = log.Unfinished }).ShouldBe(log);
        backSegment.Entries.ShouldBe(segment.Entries);
        (backSegment with { Entries = segment.Entries }).ShouldBe(segment);
    }

    [Fact]
    public void RoundTrip_RequestLog_LosesNothing()
    {
        var request = new LoggedRequest
        {
            Sequence = 7,
            At = 4_102_444_800_000,
            Outcome = RequestOutcome.Refused,
            Status = 409,
            Method = "POST",
            Path = "/Users",
            Query = "?x",
            ResourceType = "User",
            ResourceId = "0198c0de-0000-7000-8000-00000000abcd",
            ScimType = "uniqueness",
            Detail = "taken",
            DurationMicroseconds = 5,
            Address = "::1",
            UserAgent = "a",
            CorrelationId = "c",
            CredentialId = "k",
            CredentialLastFour = "abcd",
            RequestBytes = 0,
            RequestBodyCut = true,
            ResponseBodyCut = true,
            Dropped = 1,
            DroppedFailures = 1,
            Client = IdentityClient.Okta,
            PatchStyle = PatchStyle.Standard,
            IsTest = true,
            IsAddressUnknown = true,
            UsersMade = 1,
            GroupsMade = 2,
            MembersAdded = 3,
        };
        var traffic = new DirectoryTraffic
        {
            Slots = [new TrafficSlot { Start = 5 * TrafficSlot.Length, Requests = 1, Failures = 2, Unauthenticated = 3, UsersMade = 4, GroupsMade = 5, MembersAdded = 6 }],
            Since = 1,
            Interval = 2,
            Points = [new ProgressPoint { UsersMade = 1, GroupsMade = 2, MembersAdded = 3 }],
            Requests = 3,
            LastRequest = 4,
            LastSuccess = 5,
            LastFailure = request,
            KnownCredentialRefused = 6,
            UnknownCredentialRefused = 7,
            AddressUnknown = 8,
            CredentialId = "k",
            CredentialUsed = 9,
            UserAgent = "a",
            EntraSeen = 10,
            OktaSeen = 11,
            EntraDefaultPatch = 12,
            EntraFlaggedPatch = 13,
            StandardPatch = 14,
            LastMade = 15,
            Dropped = 16,
        };
        var state = new RequestLogState { WriteId = "w", NextSegment = 4, Cleared = 2, RetentionDays = 30, Traffic = traffic, Segments = [new RequestSegment { Number = 2, First = 1, Count = 6, Bytes = 9, Earliest = 5, Latest = 8 }], Next = 7 };
        state = state.Append([request with { RequestBody = [1], ResponseBody = [2] }], out _, out _);
        var segment = new RequestSegmentState { WriteId = "w", Requests = state.Tail };

        var (back, backSegment) = (RoundTrip(state), RoundTrip(segment));

        StoredRequests.All(back.Tail, bodies: false).ShouldBe([request]);
        StoredRequests.Find(back.Tail, 7)!.ResponseBody.ShouldBe([2]);
        back.Segments.ShouldBe(state.Segments);
        back.Traffic.Slots.ShouldBe(traffic.Slots);
        back.Traffic.Points.ShouldBe(traffic.Points);
        (back.Traffic with { Slots = traffic.Slots, Points = traffic.Points }).ShouldBe(traffic);
        (back with { Segments = state.Segments, Tail = state.Tail, Traffic = traffic }).ShouldBe(state);
        backSegment.Requests.ShouldBe(state.Tail);
    }

    [Fact]
    public void Read_RequestOfALaterVersion_IsReadWithoutWhatIsNew()
    {
        var inner = new RowWriter();
        StoredRequests.Write(ref inner, new LoggedRequest { At = 5, Outcome = RequestOutcome.Succeeded }, sequence: 0);
        inner.Number(12345);
        var row = new RowWriter();
        var content = inner.Finish();
        row.Number(content.Length);
        row.Raw(content);

        StoredRequests.All(row.Finish(), bodies: true).Single().At.ShouldBe(5);
    }

    [Fact]
    public void Deserialize_CompactRowCutShortOrWithMore_Throws()
    {
        var whole = serializer.Serialize(new BucketState { WriteId = "w", Entries = [new BucketEntry { Value = "v", Hash = 5, Owners = [new BucketOwner { Id = "u", Version = 1 }] }] }).ToArray();

        for (var length = 0; length < whole.Length; length++)
        {
            Should.Throw<InvalidDataException>(() => serializer.Deserialize<BucketState>(BinaryData.FromBytes(whole[..length])));
        }

        Should.Throw<InvalidDataException>(() => serializer.Deserialize<BucketState>(BinaryData.FromBytes([.. whole, 0])));
        Should.Throw<InvalidDataException>(() => serializer.Deserialize<BucketState>(BinaryData.FromString("{}")));
    }

    [Fact]
    public void Deserialize_CompactRowWithADamagedCount_ReservesNoMemory() =>
        Should.Throw<InvalidDataException>(() => serializer.Deserialize<BucketState>(BinaryData.FromBytes([1, 1, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x07])));

    [Fact]
    public void Serialize_BucketOfIds_IsSmall()
    {
        BucketEntry Entry(int n)
        {
            var id = new Guid(n, 0, 0x7000, new byte[8]).ToString();
            return new BucketEntry { Value = id, Hash = (ulong)n, Owners = [new BucketOwner { Id = id, Version = 1 }] };
        }

        var bytes = serializer.Serialize(new BucketState { Entries = [.. Enumerable.Range(1, BucketGrain.CrowdedAt).Select(Entry)] }).ToMemory().Length;

        // So a crowded bucket fits into a page of the database.
        bytes.ShouldBeLessThan(BucketGrain.CrowdedAt * 30);
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
