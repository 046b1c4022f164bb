using System.Text.Json.Serialization;
using Grains.Directories;
using Grains.Events;
using Grains.Groups;
using Grains.Indexes;
using Grains.Platform;
using Grains.Tenants;
using Grains.Users;

namespace Grains.Storage;

/// <summary>Every stored state, and how it is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(UserState))]
[JsonSerializable(typeof(GroupState))]
[JsonSerializable(typeof(BucketState))]
[JsonSerializable(typeof(BucketEntry[]))]
[JsonSerializable(typeof(EventLogState))]
[JsonSerializable(typeof(EventSegmentState))]
[JsonSerializable(typeof(LogEntry[]))]
[JsonSerializable(typeof(DirectoryState))]
[JsonSerializable(typeof(TenantState))]
[JsonSerializable(typeof(PlatformState))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
