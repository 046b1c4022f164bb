using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Api.Tests.Products;

/// <summary><c>docs/products.md</c> still fits the tests.</summary>
public sealed partial class ProductsPageTests
{
    [Fact]
    public async Task Page_TestsThatItNames_AreThere()
    {
        var tests = typeof(ProductsPageTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => $"{t.Name}.{m.Name}"))
            .ToHashSet(StringComparer.Ordinal);

        var named = TestName().Matches(await File.ReadAllTextAsync(Page())).Select(m => m.Groups["test"].Value).ToHashSet(StringComparer.Ordinal);

        named.Where(n => !tests.Contains(n)).ShouldBeEmpty();
        tests.Where(t => t.EndsWith("_AsItsPageSays", StringComparison.Ordinal)).ShouldBeSubsetOf(named);
        named.ShouldNotBeEmpty();
    }

    private static string Page([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../docs/products.md"));

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}
