using System.Reflection;
using System.Runtime.CompilerServices;
using Mutations;

namespace Grains.Tests.Abstractions;

/// <summary>
/// The list of <c>test/Mutations</c>, which is too slow to run with every change, still fits the source and the tests.
/// </summary>
public sealed class MutationsTests
{
    [Fact]
    public void Mutations_TextsAreThereOnce()
    {
        var root = Root();
        MutationList.All.Where(m => System.IO.File.ReadAllText(Path.Combine(root, m.File)).Split(m.Before).Length != 2)
            .Select(m => $"{m.File}: {m.What}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Mutations_TestsAreThere()
    {
        var tests = typeof(MutationsTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(m => $"{t.Name}.{m.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        MutationList.All.SelectMany(m => m.Tests).Where(t => !tests.Contains(t.Split('(')[0])).ShouldBeEmpty();
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
