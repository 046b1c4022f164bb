using System.Text.Json;

namespace Api.Admin;

/// <summary>A group as the vendor's admins see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MemberCount">How many members it has.</param>
/// <param name="Version">The number in <c>meta.version</c>.</param>
/// <param name="Resource">The group as SCIM shows it, without its members.</param>
public sealed record GroupItem(string Id, long MemberCount, long Version, JsonElement Resource);
