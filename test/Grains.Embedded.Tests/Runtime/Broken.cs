#pragma warning disable CA1822, IDE0051, IDE0052, CS0169, MA0182, CA1823, IDE0044, CS9113, CA1801, CA1852, MA0053
namespace Grains.Embedded.Tests.Runtime;

/// <summary>Grains that break the rules.</summary>
internal static class Broken
{
    internal sealed class Lonely : Grain;

    [Alias("broken.ITwice")]
    internal interface ITwice : IGrainWithStringKey;

    [GrainType("twice")]
    internal sealed class TwiceOne : Grain, ITwice;

    internal sealed class TwiceGrain : Grain, ITwice;

    [Alias("broken.ISync")]
    internal interface ISync : IGrainWithStringKey
    {
        int Get();
    }

    internal interface INameless : IGrainWithStringKey;

    [Alias("broken.IMessages")]
    internal interface IMessages : IGrainWithStringKey
    {
        Task Send(Plain plain, List<Message?[]> messages, MessagesGrain grain);

        Task<Plain> Again();
    }

    internal sealed class MessagesGrain(
        [PersistentState("plain", "Default")] IPersistentState<PlainState> plain,
        [PersistentState("other", "Elsewhere")] IPersistentState<int> other) : Grain, IMessages
    {
        public Task Send(Plain plain, List<Message?[]> messages, MessagesGrain grain) => throw new NotSupportedException();

        public Task<Plain> Again() => throw new NotSupportedException();
    }

    internal sealed class Plain;

    internal sealed class PlainState;

    internal sealed class Inner;

    [GenerateSerializer]
    internal sealed class Message
    {
        private readonly int _secret;

        [Id(0)]
        public Dictionary<string, Inner> Inner { get; set; } = [];

        public string Forgotten { get; set; } = "";

        [Id(3)]
        public string One { get; set; } = "";

        [Id(3)]
        public string Other { get; set; } = "";

        public string Computed => One + Other;
    }
}
