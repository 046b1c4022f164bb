namespace Api.Admin.Requests;

/// <summary>Says of an endpoint that it looks for the faults of its body itself.</summary>
internal sealed class ReadsItsBody;
