namespace Api.Admin;

/// <summary>A secret to add to a client. An empty body will do.</summary>
/// <param name="Years">For how many years it is good, 1 (the default) to 3.</param>
public sealed record NewClientSecret(int? Years = null);
