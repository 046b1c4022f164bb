using System.Diagnostics;
using Grains.Abstractions.Resources;

namespace Grains.Tests;

internal static class ReplyAssertions
{
    public static async Task<ResourceReply> ShouldSucceed(this Task<ResourceReply> call)
    {
        var reply = await call.WaitAsync(GrainCluster.Patience);
        reply.Error.ShouldBeNull();
        return reply;
    }

    public static async Task<ResourceReply> ShouldFail(this Task<ResourceReply> call, int status)
    {
        var reply = await call.WaitAsync(GrainCluster.Patience);
        reply.Error.ShouldNotBeNull().Status.ShouldBe(status, reply.Error.Detail);
        return reply;
    }

    /// <summary>Sends a request as often as it is answered "try again", as a client does: until then, as one has patience.</summary>
    public static async Task<ResourceReply> Insist(Func<Task<ResourceReply>> request)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Yield())
        {
            try
            {
                var reply = await request().WaitAsync(GrainCluster.Patience);
                if (reply.Error?.Status != 503 || watch.Elapsed > GrainCluster.Patience)
                {
                    return reply;
                }
            }
            catch (Exception exception) when (watch.Elapsed <= GrainCluster.Patience && exception is not (TimeoutException or ObjectDisposedException))
            {
                // Storage was away: a front answers 503 to this, too.
            }
        }
    }
}
