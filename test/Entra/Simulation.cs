using System.Text.Json;
using Entra.Admin;
using Entra.Cycles;
using Entra.Model;
using Entra.Okta;
using Entra.Options;
using Entra.People;
using Entra.Randomness;
using Entra.Reporting;
using Entra.State;
using Entra.Transport;
using Entra.Verification;
using Spectre.Console;

namespace Entra;

/// <summary>One run: the directories, all at once, and the report.</summary>
internal sealed class Simulation(SimulatorOptions options, IAnsiConsole console, TextWriter output, bool interactive)
{
    private const int AllAsExpected = 0;
    private const int Surprised = 1;

    private readonly RequestStatistics _statistics = new();

    private readonly SurpriseLog _surprises = new(interactive
        ? text => console.Write(new Text(text))
        : output.Write);

    private int _settledLate;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        List<DirectoryUnderTest> directories;
        try
        {
            directories = await FindDirectoriesAsync(cancellation);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"--state: {exception.Message}");
            return CommandLine.UsageError;
        }
        catch (HttpRequestException exception)
        {
            _surprises.Add("admin API", exception.Message);
            return Surprised;
        }

        try
        {
            await RunAllAsync(directories, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _surprises.Add("simulator", "Interrupted before the end.");
        }

        if (options is { State: { } file, VerifyOnly: false })
        {
            // What was interrupted is worth keeping too.
            await StateFile.SaveAsync(file, directories, CancellationToken.None);
        }

        return Report(directories);
    }

    private async Task RunAllAsync(List<DirectoryUnderTest> directories, CancellationToken cancellation)
    {
        if (interactive)
        {
            await console.Progress()
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn(),
                    new PercentageColumn(),
                    new ElapsedTimeColumn())
                .StartAsync(bars => RunAllAsync(directories, new ProgressBoard(output, bars), cancellation));
        }
        else
        {
            await RunAllAsync(directories, new ProgressBoard(output, bars: null), cancellation);
        }
    }

    private async Task<List<DirectoryUnderTest>> FindDirectoriesAsync(CancellationToken cancellation)
    {
        if (options.VerifyOnly)
        {
            return await StateFile.LoadAsync(options.State!, cancellation);
        }

        if (options.AdminKey is not { } adminKey)
        {
            return [new DirectoryUnderTest("directory 1", options.Url!, options.Token!, options.DialectOf(1), new DirectoryModel())];
        }

        using var admin = new AdminClient(options.Url!, adminKey, options.Outages);
        return await admin.MakeDirectoriesAsync(options, cancellation);
    }

    private Task RunAllAsync(List<DirectoryUnderTest> directories, ProgressBoard board, CancellationToken cancellation)
    {
        // Each directory has a generator of its own, so that what it draws does not depend on the others' pace.
        var random = new SeededRandom(options.Seed);
        return Task.WhenAll(directories.Select(directory => (directory, fork: random.Fork())).ToList()
            .Select(item => RunOneAsync(item.directory, item.fork, board, cancellation)));
    }

    private async Task RunOneAsync(DirectoryUnderTest directory, SeededRandom random, ProgressBoard board, CancellationToken cancellation)
    {
        using var connection = new ScimConnection(directory, options, _statistics);
        var check = new AnswerCheck(directory.Name, connection.BaseUrl, _surprises);
        var job = new Job(directory, options, connection, check, _surprises, board);
        try
        {
            if (!options.VerifyOnly)
            {
                await ProvisionAsync(job, random, cancellation);
            }

            var verification = new DirectoryVerification(job, random.Fork());
            await verification.RunAsync(cancellation);
            Interlocked.Add(ref _settledLate, verification.SettledLate);
        }
        catch (QuarantineException exception)
        {
            _surprises.Add(directory.Name, exception.Message);
        }
    }

    private async Task ProvisionAsync(Job job, SeededRandom random, CancellationToken cancellation)
    {
        await ConnectionTest.RunAsync(job, random, cancellation);
        if (!await ConnectionTest.IsEmptyAsync(job, cancellation))
        {
            throw new QuarantineException("The directory must be empty at the start: what is in it already is not in the model.");
        }

        var workforce = new Workforce(random.Fork(), options.Mapping);
        if (options.Idp == IdentityProvider.Okta)
        {
            var profiles = new OktaProfiles(workforce, random.Fork());
            await new OktaInitialCycle(job, profiles, random.Fork()).RunAsync(cancellation);
            for (var number = 1; number <= options.Cycles; number++)
            {
                await new OktaIncrementalCycle(job, profiles, random.Fork(), number).RunAsync(cancellation);
            }

            return;
        }

        await new InitialCycle(job, workforce, random.Fork()).RunAsync(cancellation);
        for (var number = 1; number <= options.Cycles; number++)
        {
            await new IncrementalCycle(job, workforce, random.Fork(), number).RunAsync(cancellation);
        }
    }

    private int Report(List<DirectoryUnderTest> directories)
    {
        SummaryReport.Write(console, output, _statistics, interactive);
        var users = directories.Sum(directory => directory.Model.LiveUsers.Count());
        var groups = directories.Sum(directory => directory.Model.LiveGroups.Count());
        var memberships = directories.Sum(directory => directory.Model.LiveGroups.Sum(group => (long)group.MemberCount));
        output.WriteLine($"Expected in all: {users} users, {groups} groups, {memberships} memberships in {directories.Count} directories.");
        if (_settledLate > 0)
        {
            output.WriteLine(
                $"{_settledLate} readings were as expected only after some waiting (at most {options.Settle.TotalSeconds} s).");
        }

        output.WriteLine(_surprises.Count == 0 ? "No surprises." : $"{_surprises.Count} surprises.");
        return _surprises.Count == 0 ? AllAsExpected : Surprised;
    }
}
