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

    /// <summary>Sends a request as often as it is answered "try again", as a client does.</summary>
    public static async Task<ResourceReply> Insist(Func<Task<ResourceReply>> request)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var reply = await request().WaitAsync(GrainCluster.Patience);
                if (reply.Error?.Status != 503 || attempt == 20)
                {
                    return reply;
                }
            }
            catch (Exception exception) when (attempt < 20 && exception is not TimeoutException)
            {
                // Storage was away: a front answers 503 to this, too.
            }
        }
    }
}
