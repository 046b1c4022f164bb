namespace Api.Admin;

/// <summary>Whether a directory takes what identity providers send.</summary>
/// <param name="On">Switched off, every SCIM request is 403 and changes nothing.</param>
public sealed record ProvisioningSwitch(bool On);
