using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Scim.Filters;
using Scim.Paths;

namespace Scim.Tests.Filters;

/// <summary>Random filters over a few attributes of a user.</summary>
internal static class FilterGenerator
{
    public static readonly string[] Words = ["", "a", "A", "ab", "b", "work", "home", "é", "\"", "\\", "\n", "\U0001F600", "(", "]", " and ", "true", "ß"];

    private static readonly string[] TextPaths = ["userName", "title", "name.givenName", "emails.value", "emails.type", "manager.value", "externalId"];

    private static Gen<FilterLiteral> Text => Gen.Elements(Words).Select(FilterLiteral.String);

    private static Gen<ComparisonOperator> Operator => Gen.Elements(Enum.GetValues<ComparisonOperator>());

    private static Gen<ComparisonOperator> EqualOrNot => Gen.Elements(ComparisonOperator.Equal, ComparisonOperator.NotEqual);

    public static Arbitrary<Filter> Comparable { get; } = Arb.From(Gen.Sized(size => Tree(Math.Min(size, 12), Term)), Shrink);

    /// <summary>Any literal of any kind, whatever the attribute: for printing, which knows no types.</summary>
    public static Arbitrary<Filter> Printable { get; } = Arb.From(Gen.Sized(size => Tree(Math.Min(size, 20), AnyTerm)), Shrink);

    private static Gen<Filter> Term => Gen.OneOf(
        Compared(Gen.Elements(TextPaths)),
        Gen.Elements(TextPaths).Select(Filter (path) => new PresentFilter(Path(path))),
        Gen.Elements("emails", "name", "active", "manager").Select(Filter (path) => new PresentFilter(Path(path))),
        Gen.Elements(TextPaths).SelectMany(path => EqualOrNot.Select(Filter (equal) => new ComparisonFilter(Path(path), equal, FilterLiteral.Null))),
        EqualOrNot.SelectMany(equal => Gen.Elements(FilterLiteral.True, FilterLiteral.False)
            .Select(Filter (literal) => new ComparisonFilter(Path("active"), equal, literal))),
        Gen.Sized(size => Tree(Math.Min(size, 3), Compared(Gen.Elements("value", "type"))))
            .Select(Filter (inner) => new ValuePathFilter(Path("emails"), inner)));

    private static Gen<Filter> AnyTerm => Gen.OneOf(
        Term,
        Operator.SelectMany(comparison => AnyLiteral.Select(Filter (literal) => new ComparisonFilter(Path("urn:x:y:2.0:Z:a-b_c.$ref"), comparison, literal))));

    private static Gen<FilterLiteral> AnyLiteral => Gen.OneOf(
        Text,
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => FilterLiteral.String(new string([.. text.Get.Where(c => !char.IsSurrogate(c))]))),
        Gen.Elements(FilterLiteral.True, FilterLiteral.False, FilterLiteral.Null),
        ArbMap.Default.GeneratorFor<decimal>()
            .Select(number => new FilterLiteral(FilterLiteralKind.Number, number.ToString(CultureInfo.InvariantCulture))));

    private static Gen<Filter> Compared(Gen<string> paths) => paths.SelectMany(path => Operator.SelectMany(comparison =>
        Text.Select(Filter (literal) => new ComparisonFilter(Path(path), comparison, literal))));

    private static Gen<Filter> Tree(int size, Gen<Filter> term) => size <= 1
        ? term
        : Gen.Frequency(
            (2, term),
            (2, Pair(size, term).Select(Filter (pair) => new AndFilter(pair.Left, pair.Right))),
            (2, Pair(size, term).Select(Filter (pair) => new OrFilter(pair.Left, pair.Right))),
            (1, Tree(size / 2, term).Select(Filter (operand) => new NotFilter(operand))));

    private static Gen<(Filter Left, Filter Right)> Pair(int size, Gen<Filter> term) =>
        Tree(size / 2, term).SelectMany(left => Tree(size / 2, term).Select(right => (left, right)));

    private static IEnumerable<Filter> Shrink(Filter filter) => filter switch
    {
        AndFilter and => [and.Left, and.Right],
        OrFilter or => [or.Left, or.Right],
        NotFilter not => [not.Operand],
        _ => [],
    };

    private static AttributePath Path(string text) => AttributePath.Parse(text).Value;
}
