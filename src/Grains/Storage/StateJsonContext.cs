using System.Text.Json.Serialization;
using Grains.Auditing;
using Grains.Directories;
using Grains.Groups;
using Grains.OrgUnits;
using Grains.Platform;
using Grains.Profiles;
using Grains.Tenants;
using Grains.Users;

namespace Grains.Storage;

/// <summary>Every state that is stored as JSON, and how it is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(UserState))]
[JsonSerializable(typeof(GroupState))]
[JsonSerializable(typeof(DirectoryState))]
[JsonSerializable(typeof(TenantState))]
[JsonSerializable(typeof(PlatformState))]
[JsonSerializable(typeof(AuditState))]
[JsonSerializable(typeof(AuditSegmentState))]
[JsonSerializable(typeof(ProfileState))]
[JsonSerializable(typeof(OrgUnitState))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
