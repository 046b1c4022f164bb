using System.Net.Sockets;
using System.Text;

namespace Api.Tests.Scim;

/// <summary>What no HTTP client library would send.</summary>
public sealed class RawRequestTests(SmallBodyServer fixture) : IClassFixture<SmallBodyServer>
{
    private const string Long = "0123456789abcdef";

    public static TheoryData<string, string, int> Requests => new()
    {
        { "Content-Length is text", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Content-Length: abc\r\n\r\n{}", 400 },
        { "Content-Length is negative", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Content-Length: -1\r\n\r\n{}", 400 },
        { "Content-Length twice", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400 },
        { "Content-Length beyond the limit", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Content-Length: 99999\r\n\r\n{}", 413 },
        { "Content-Length beyond all bounds", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Content-Length: 99999999999999999999999\r\n\r\n{}", 400 },
        { "no Content-Length", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}\r\n", 400 },
        { "chunk size is text", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n", 400 },
        { "chunked and Content-Length, a good body", "PATCH /scim/v2/Nothing HTTP/1.1\r\nHost: x\r\n{auth}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 404 },
        { "chunked twice", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400 },
        { "two Idempotency-Keys", "POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 16\r\n\r\n{\"userName\":\"x\"}", 400 },
        { "two Authorizations", "GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}Authorization: Bearer x\r\n\r\n", 401 },
        { "no Host", "GET /scim/v2/Users HTTP/1.1\r\n{auth}\r\n", 400 },
        { "two Hosts", "GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\nHost: y\r\n{auth}\r\n", 400 },
        { "a Host with rubbish", "GET /scim/v2/Users HTTP/1.1\r\nHost: x\"><script>\r\n{auth}\r\n", 400 },
        { "zero in the path", "GET /scim/v2/Users/%00 HTTP/1.1\r\nHost: x\r\n{auth}\r\n", 400 },
        { "raw zero in the path", "GET /scim/v2/Users/\0 HTTP/1.1\r\nHost: x\r\n{auth}\r\n", 400 },
        { "dots in the path", "GET /scim/v2/Users/../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404 },
        { "dots that lead to admin", "GET /scim/v2/../../admin/v1/tenants HTTP/1.1\r\nHost: x\r\n{auth}\r\n", 401 },
        { "encoded admin", "GET /%61dmin/v1/tenants HTTP/1.1\r\nHost: x\r\n{auth}\r\n", 401 },
        { "admin in capitals", "GET /ADMIN/V1/TENANTS HTTP/1.1\r\nHost: x\r\n{auth}\r\n", 401 },
        { "a header with a line break", "GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\n{auth}X: a\rb\r\n\r\n", 400 },
        { "no version", "GET /scim/v2/Users\r\n\r\n", 400 },
        { "no HTTP at all", "\u0016\u0003\u0001\r\n\r\n", 400 },
        { "method with a space", "GE T /scim/v2/Users HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_NoClientWouldSend_IsRefusedAndChangesNothing(string name, string request, int status)
    {
        var before = await fixture.Directory.Everything();

        var answer = await Exchange(request.Replace("{auth}", $"Authorization: Bearer {fixture.Directory.Token}\r\nConnection: close\r\n", StringComparison.Ordinal));

        answer.ShouldStartWith($"HTTP/1.1 {status} ", customMessage: name);
        (await fixture.Directory.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task ChunkedBody_OverTheLimit_Is413WithTheLimit()
    {
        var chunk = $"1000\r\n{string.Concat(Enumerable.Repeat(Long, 256))}\r\n";

        var answer = await Exchange($"POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {fixture.Directory.Token}\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}{chunk}");

        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain($"larger than {SmallBodyServer.RequestBytes} bytes");
        answer.ShouldContain("\"status\":\"413\"");
    }

    [Fact]
    public async Task Body_CutOffByTheClient_MakesNothing()
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(new Uri(fixture.Server.Url).Host, new Uri(fixture.Server.Url).Port);
            var request = $"POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {fixture.Directory.Token}\r\nContent-Length: 500\r\n\r\n{Bodies.User("half")}";
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        }

        (await fixture.Directory.Scim.Find("/Users", "userName eq \"half\"")).TotalResults.ShouldBe(0);
    }

    private async Task<string> Exchange(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(new Uri(fixture.Server.Url).Host, new Uri(fixture.Server.Url).Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await reader.ReadToEndAsync(patience.Token);
    }
}

/// <summary>A server that takes small bodies only.</summary>
public sealed class SmallBodyServer : IAsyncLifetime
{
    internal const int RequestBytes = 8192;

    internal TestServer Server { get; private set; } = null!;

    internal TestDirectory Directory { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestServer.Start(args: ["--Limits:RequestBytes", $"{RequestBytes}"]);
        Directory = await Server.MakeDirectory();
        await Directory.MakeUser("somebody");
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
