using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Embedded.Tests.Runtime;

public sealed class GrainModelTests
{
    [Fact]
    public void Start_GrainsThatBreakTheRules_ReportsEveryError()
    {
        var services = new ServiceCollection().AddKeyedSingleton<IGrainStorage>("Default", new GateStorage(null!)).BuildServiceProvider();
        var failure = Should.Throw<GrainModelException>(() => new GrainModel([new TypesAssembly(typeof(Broken).GetNestedTypes(BindingFlags.NonPublic))], services));
        string[] expected =
        [
            "Lonely implements no grain interface",
            "ITwice is implemented by two classes",
            "have the same grain type 'twice'",
            "ISync.Get returns System.Int32",
            "INameless has no [Alias]",
            "IMessages.Send, has no [GenerateSerializer]",
            "Plain, used as the argument 'plain' of",
            "Inner, used as",
            "Message.Forgotten has neither [Id] nor [NonSerialized]",
            "_secret has neither [Id] nor [NonSerialized]",
            "[Id(3)] is on both",
            "PlainState, used as the state 'plain' of",
            "no grain storage has that name",
            "is a grain class: hand out a reference",
        ];
        foreach (var error in expected)
        {
            failure.Message.ShouldContain(error);
        }

        failure.Errors.Count.ShouldBe(expected.Length - 1, failure.Message);
    }

    [Fact]
    public async Task Call_BeforeStart_Fails()
    {
        await using var silo = new EmbeddedSilo(new ServiceCollection().BuildServiceProvider(), new());
        Should.Throw<InvalidOperationException>(() => silo.GetGrain<IActor>("a")).Message.ShouldContain("not been started");
    }

    [Fact]
    public void Grain_MadeByHand_Throws() => Should.Throw<InvalidOperationException>(() => new KeeperGrain()).Message.ShouldContain("only the engine");
}
