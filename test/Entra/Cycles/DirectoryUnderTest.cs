using Entra.Model;
using Entra.Options;

namespace Entra.Cycles;

/// <summary>One directory of the server: its Tenant URL and Secret Token, what Entra would be set to, and what it should hold.</summary>
internal sealed record DirectoryUnderTest(string Name, Uri Url, string Token, PatchDialect Dialect, DirectoryModel Model);
