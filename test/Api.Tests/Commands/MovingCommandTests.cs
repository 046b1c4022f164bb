using Api.Commands;
using Api.Hosting;

namespace Api.Tests.Commands;

/// <remarks>In one collection with others that read what is told on standard error, of which a process has one.</remarks>
[Collection("Standard error")]
public sealed class MovingCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("muster-moving-tests-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter progress = new();

    private string File => Path.Combine(folder, "directory.ndjson");

    public void Dispose()
    {
        output.Dispose();
        progress.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Export_ThenImport_MovesTheDirectory()
    {
        var server = await TestServer.Shared;
        var from = await server.MakeDirectory();
        var user = await from.MakeUser("ada");
        var group = await from.MakeGroup("Staff", user);
        var to = await server.MakeDirectory();

        (await Export(from)).ShouldBe(0);
        (await Import(to)).ShouldBe(0);

        output.ToString().ShouldContain("Exported 1 users, 1 groups and 1 memberships");
        output.ToString().ShouldContain("memberships: 1 made, 0 there already, 0 refused");
        progress.ToString().ShouldContain("100 %");
        (await to.Scim.Get($"/Users/{user}")).ShouldBe(200).Json["groups"]![0]!["value"]!.GetValue<string>().ShouldBe(group);
    }

    [Fact]
    public async Task Export_FileThatBrokeOffAnywhere_IsGoneOnWithToTheSameFile()
    {
        var server = await TestServer.Shared;
        var from = await server.MakeDirectory();
        var users = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => from.MakeUser($"person{i}")));
        await from.MakeGroup("Staff", users);
        await from.MakeGroup("Few", users[..2]);
        (await Export(from)).ShouldBe(0);
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        var head = whole.AsSpan().IndexOf((byte)'\n');

        foreach (var length in new[] { 0, 5, head + 1, head + 20, whole.Length / 3, whole.Length / 2, whole.Length * 9 / 10, whole.Length - 1 })
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length]);

            (await Export(from)).ShouldBe(0);

            var again = await System.IO.File.ReadAllBytesAsync(File);
            if (length > head)
            {
                again.ShouldBe(whole, $"cut at {length}");
            }

            again.Count(b => b == '\n').ShouldBe(whole.Count(b => b == '\n'), $"cut at {length}");
        }

        (await Export(from)).ShouldBe(0);
        output.ToString().ShouldContain("is complete");
    }

    [Fact]
    public async Task Export_FileOfSomethingElse_IsLeftAlone()
    {
        var server = await TestServer.Shared;
        var from = await server.MakeDirectory();
        await System.IO.File.WriteAllTextAsync(File, "My thesis.\n");

        (await Should.ThrowAsync<IOException>(Export(from))).Message.ShouldContain("is no export");

        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe("My thesis.\n");
        System.IO.File.Delete(File);
        (await Export(from)).ShouldBe(0);
        (await Should.ThrowAsync<IOException>(Export(await server.MakeDirectory()))).Message.ShouldContain(from.Id);
    }

    [Fact]
    public async Task Import_DamagedFile_SaysWhichLine()
    {
        var server = await TestServer.Shared;
        var from = await server.MakeDirectory();
        await from.MakeUser("ada");
        (await Export(from)).ShouldBe(0);
        var text = await System.IO.File.ReadAllTextAsync(File);
        await System.IO.File.WriteAllTextAsync(File, text.Replace("ada", "eve", StringComparison.Ordinal));

        (await Should.ThrowAsync<IOException>(Import(await server.MakeDirectory()))).Message.ShouldContain("400: Line 2 is damaged");
    }

    [Fact]
    public async Task Import_SomethingRefused_IsNamedAndTheExitCodeIs1()
    {
        var server = await TestServer.Shared;
        var from = await server.MakeDirectory();
        var user = await from.MakeUser("ada");
        (await Export(from)).ShouldBe(0);
        var to = await server.MakeDirectory();
        await to.MakeUser("ada");

        (await Import(to)).ShouldBe(1);

        output.ToString().ShouldContain($"line 2, user {user}: userName 'ada' is taken");
    }

    [Fact]
    public async Task Commands_DirectoryThatIsNot_SaySo()
    {
        var server = await TestServer.Shared;
        var settings = new MusterSettings { AdminKey = server.AdminKey };
        await System.IO.File.WriteAllTextAsync(File + "2", "");

        (await Should.ThrowAsync<IOException>(new ExportCommand(settings, File, "no-such", new Uri(server.Url), null, output, progress).Run(CancellationToken.None)))
            .Message.ShouldContain("404: There is no such directory.");
        (await Should.ThrowAsync<IOException>(new ImportCommand(settings, File + "2", "no-such", new Uri(server.Url), output, progress).Run(CancellationToken.None)))
            .Message.ShouldContain("404: There is no such directory.");
    }

    [Theory]
    [InlineData("export", "http://127.0.0.1:1", "Put an admin key")]
    [InlineData("import", "http://127.0.0.1:1", "Put an admin key")]
    [InlineData("export", "localhost", "--url is 'localhost'")]
    [InlineData("backup", "ftp://localhost", "--url is 'ftp://localhost'")]
    public async Task CommandLine_UrlIsRead_OrToldToBeNone(string command, string url, string told)
    {
        string[] args = command == "backup" ? [command, "--url", url] : [command, File, "--directory", "d", "--url", url];
        args.NameCommand().ShouldBeTrue();

        var (code, error) = await Run(args);

        code.ShouldBe(EmbeddedCommands.CouldNot);
        error.ShouldContain(told);
    }

    private async Task<(int Code, string Error)> Run(string[] args)
    {
        var before = Console.Error;
        try
        {
            Console.SetError(TextWriter.Synchronized(progress));
            return (await args.RunCommand(), progress.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    private Task<int> Export(TestDirectory directory) =>
        new ExportCommand(Settings(directory), File, directory.Id, new Uri(directory.Server.Url), after: null, output, progress).Run(CancellationToken.None);

    private Task<int> Import(TestDirectory directory) =>
        new ImportCommand(Settings(directory), File, directory.Id, new Uri(directory.Server.Url), output, progress).Run(CancellationToken.None);

    private static MusterSettings Settings(TestDirectory directory) => new() { AdminKey = directory.Server.AdminKey };
}
