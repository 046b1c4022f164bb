using System.Net;
using Api.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Requests;

/// <summary>The log neither holds requests up nor grows without bound.</summary>
public sealed class RequestQueueTests
{
    [Fact]
    public async Task StorageOfTheLogStuckAndItsQueueFull_RequestsGoOnAndWhatIsMissingIsCountedAndShown()
    {
        var stuck = new StuckLogs();
        await using var server = await TestServer.Start(time: new ManualTimeProvider(), configure: b => EngineUnderTest.DecorateStorage(b, inner => new StuckLogStorage(inner, stuck)));
        var directory = await server.MakeDirectory();
        await directory.MakeUser("before");
        var queue = server.Services.GetRequiredService<RequestQueue>();
        await queue.Flush();

        stuck.Begin();
        (await directory.Scim.Get("/Users")).ShouldBe(200);
        var flush = queue.Flush();
        await stuck.Reached;
        for (var i = 0; i < 3 * RequestQueue.MostOfDirectory; i++)
        {
            queue.Put(Request(directory.Id));
        }

        // All of it is served while the log's write hangs and its queue is full.
        var user = await directory.MakeUser("while");
        (await directory.Scim.Patch($"/Users/{user}", Bodies.Replace("title", "\"x\""))).ShouldBe(200);
        (await directory.Scim.Get("/Users?filter=x")).ShouldBe(400);
        (await directory.Everything()).ShouldContain("while");
        flush.IsCompleted.ShouldBeFalse();
        queue.Count.ShouldBe(RequestQueue.MostOfDirectory + 1);
        const int Missing = (2 * RequestQueue.MostOfDirectory) + 5;
        queue.Dropped.ShouldBe(Missing);

        stuck.End();
        await flush;
        await queue.Flush();

        queue.Count.ShouldBe(0);
        (await server.Admin.Get($"/directories/{directory.Id}/connection")).ShouldBe(200).Json["droppedEntries"]!.GetValue<long>().ShouldBe(Missing);
        var dropped = (await server.Admin.Get($"/directories/{directory.Id}/requests?outcome=dropped")).ShouldBe(200).Json["items"]!.AsArray();
        dropped.Single()!["dropped"]!.GetValue<long>().ShouldBe(Missing);
    }

    [Fact]
    public async Task StorageRefusesTheLog_WhatWaitedIsCountedAsMissingAndTheNextGoIn()
    {
        var faults = new Hosting.FaultSwitch();
        await using var server = await TestServer.Start(time: new ManualTimeProvider(), configure: b => EngineUnderTest.DecorateStorage(b, inner => new Hosting.FaultyStorage(inner, faults)));
        var directory = await server.MakeDirectory();
        var queue = server.Services.GetRequiredService<RequestQueue>();
        (await directory.Scim.Get("/Users")).ShouldBe(200);

        faults.Fault = Hosting.StorageFault.WritesRefused;
        await queue.Flush();
        faults.Fault = Hosting.StorageFault.None;
        (await directory.Scim.Get("/Users?count=0")).ShouldBe(200);

        var items = (await server.Admin.Get($"/directories/{directory.Id}/requests")).ShouldBe(200).Json["items"]!.AsArray();
        items.Select(i => i!["outcome"]!.GetValue<string>()).ShouldBe(["dropped", "succeeded"]);
        (queue.Dropped, queue.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Put_BodiesBeyondTheirShare_AreLeftOut()
    {
        await using var server = await TestServer.Start(time: new ManualTimeProvider());
        var directory = await server.MakeDirectory();
        var queue = server.Services.GetRequiredService<RequestQueue>();
        var body = new byte[SeenRequest.MaxBodyBytes];
        Array.Fill(body, (byte)' ');
        (body[0], body[^1]) = ((byte)'{', (byte)'}');
        var most = RequestQueue.MostBytesOfDirectory / body.Length;

        var requests = Enumerable.Range(0, most + 1).Select(_ => Request(directory.Id)).ToList();
        foreach (var request in requests)
        {
            request.Bodies = Grains.Abstractions.Requests.RequestBodies.Requests;
            request.Note(body);
            queue.Put(request);
        }

        requests.Count(r => r.RequestBody is not null).ShouldBe(most);
        requests[^1].RequestBodyCut.ShouldBeTrue();
    }

    [Fact]
    public void Take_TriesOfAMinute_AreBoundedForEachDirectoryAndInAll()
    {
        var clock = new ManualTimeProvider();
        var budget = new TryBudget(clock);

        Enumerable.Range(0, 1000).Count(_ => budget.Take("a", isProven: true)).ShouldBe(TryBudget.OfDirectory);
        Enumerable.Range(0, 1000).Count(i => budget.Take($"d{i}", isProven: false)).ShouldBe(TryBudget.Unproven);
        budget.Take("b", isProven: true).ShouldBeTrue();
        clock.Advance(TimeSpan.FromMinutes(1));
        budget.Take("a", isProven: false).ShouldBeTrue();
    }

    private static SeenRequest Request(string directory) => new()
    {
        DirectoryId = directory,
        Method = "GET",
        Path = "/scim/v2/Users",
        Status = 200,
        Address = IPAddress.Loopback,
    };

    private sealed class StuckLogs
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool isOn;

        public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public void Begin() => isOn = true;

        public void End()
        {
            isOn = false;
            released.TrySetResult();
        }

        public Task Pass()
        {
            if (!isOn)
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            return released.Task;
        }
    }

    private sealed class StuckLogStorage(IGrainStorage inner, StuckLogs stuck) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (stateName.StartsWith("request", StringComparison.Ordinal))
            {
                await stuck.Pass();
            }

            await inner.WriteStateAsync(stateName, grainId, grainState);
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
