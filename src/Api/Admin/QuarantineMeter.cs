namespace Api.Admin;

/// <summary>How near Entra is to putting the provisioning job in quarantine, over the last 24 hours.</summary>
/// <param name="Risk"><c>low</c>; <c>rising</c> from half of a threshold on; <c>reached</c>; <c>immediate</c> where credentials or the address are refused.</param>
/// <param name="Level">What part of the nearest threshold is reached; 1 and more: it is passed.</param>
/// <param name="Reason">What makes it so.</param>
/// <param name="Requests">Requests in 24 hours, those refused for their credential included.</param>
/// <param name="Failures">Those of them that failed: 4xx and 5xx, but not a GET of a resource that is not there.</param>
/// <param name="FailureRatio">The part that failed, 0 to 1.</param>
public sealed record QuarantineMeter(string Risk, double Level, string? Reason, long Requests, long Failures, double FailureRatio);
