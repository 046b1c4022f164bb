using System.Buffers;
using System.Globalization;
using System.Text;
using Scim.Errors;
using Scim.Paths;
using Scim.Resources;

namespace Scim.Filters;

/// <summary>
/// A recursive-descent parser of RFC 7644 §3.4.2.2, Figure 1 and §3.5.2, Figure 7. Recursion is bounded by
/// <see cref="FilterLimits.MaxDepth"/>; the first fault ends it.
/// </summary>
internal sealed class FilterParser(string text, FilterLimits limits)
{
    private const string Operators = "an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)";
    private const string Literals = "a string in double quotes, a number, true, false or null";

    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" ()[]\"");

    private int position;
    private int terms;
    private ScimError? error;

    public Result<Filter> ParseFilter()
    {
        if (IsTooLong())
        {
            return error!;
        }

        var filter = ParseOr(depth: 0, inBrackets: false);
        SkipSpaces();
        if (filter is not null && position < text.Length)
        {
            Expected("'and', 'or' or the end");
        }

        return error is null ? filter! : error;
    }

    public Result<PatchPath> ParsePatchPath()
    {
        if (IsTooLong())
        {
            return error!;
        }

        var name = ReadName();
        if (AttributePath.TryParse(name) is not { } path)
        {
            return ScimError.InvalidPath($"'{Shown.Text(text)}' is not a path: expected the name of an attribute at character {position - name.Length + 1}.");
        }

        if (Peek() != '[')
        {
            return position == text.Length ? new PatchPath(path, ValueFilter: null) : NotAPath("'[' or the end");
        }

        if (path.SubAttribute is not null)
        {
            return NotAPath("the end, since no filter can follow a sub-attribute,");
        }

        if (ParseBrackets(depth: 0) is not { } filter)
        {
            return error!;
        }

        if (position == text.Length)
        {
            return new PatchPath(path, filter);
        }

        if (Peek() == '.')
        {
            position++;
            var sub = ReadName();
            if (AttributePath.IsName(sub) && position == text.Length)
            {
                return new PatchPath(path with { SubAttribute = sub.ToString() }, filter);
            }

            return NotAPath("one sub-attribute");
        }

        return NotAPath("'.' and a sub-attribute, or the end");
    }

    private bool IsTooLong()
    {
        if (text.Length > limits.MaxLength)
        {
            error = ScimError.InvalidFilter($"The filter has {text.Length} characters; the limit is {limits.MaxLength}.");
        }

        return error is not null;
    }

    private Filter? ParseOr(int depth, bool inBrackets)
    {
        var left = ParseAnd(depth, inBrackets);
        while (left is not null && SkipKeyword("or"))
        {
            left = ParseAnd(depth, inBrackets) is { } right ? new OrFilter(left, right) : null;
        }

        return error is null ? left : null;
    }

    private Filter? ParseAnd(int depth, bool inBrackets)
    {
        var left = ParseTerm(depth, inBrackets);
        while (left is not null && SkipKeyword("and"))
        {
            left = ParseTerm(depth, inBrackets) is { } right ? new AndFilter(left, right) : null;
        }

        return error is null ? left : null;
    }

    private Filter? ParseTerm(int depth, bool inBrackets)
    {
        SkipSpaces();
        if (Peek() == '(')
        {
            return ParseGroup(depth, inBrackets);
        }

        var start = position;
        var name = ReadName();
        if (name.Equals("not", StringComparison.OrdinalIgnoreCase))
        {
            SkipSpaces();
            if (Peek() != '(')
            {
                Expected("'(' after 'not'");
                return null;
            }

            return ParseGroup(depth, inBrackets) is { } operand ? new NotFilter(operand) : null;
        }

        if (AttributePath.TryParse(name) is not { } path)
        {
            position = start;
            Expected("the name of an attribute, 'not' or '('");
            return null;
        }

        if (Peek() != '[')
        {
            return ParseComparison(path);
        }

        if (inBrackets || path.SubAttribute is not null)
        {
            Expected(inBrackets ? "an operator, since brackets cannot be nested," : "an operator, since no filter can follow a sub-attribute,");
            return null;
        }

        return ParseValuePath(path, depth);
    }

    private Filter? ParseGroup(int depth, bool inBrackets)
    {
        if (IsTooDeep(depth + 1))
        {
            return null;
        }

        position++;
        var filter = ParseOr(depth + 1, inBrackets);
        return filter is not null && Close(')') ? filter : null;
    }

    private ValuePathFilter? ParseValuePath(AttributePath path, int depth)
    {
        if (ParseBrackets(depth) is not { } filter)
        {
            return null;
        }

        if (Peek() != '.')
        {
            return new ValuePathFilter(path, filter);
        }

        position++;
        var start = position;
        var name = ReadName();
        if (!AttributePath.IsName(name))
        {
            position = start;
            Expected("the name of a sub-attribute");
            return null;
        }

        return ParseComparison(new AttributePath(Schema: null, name.ToString(), SubAttribute: null)) is { } comparison
            ? new ValuePathFilter(path, new AndFilter(filter, comparison))
            : null;
    }

    private Filter? ParseBrackets(int depth)
    {
        if (IsTooDeep(depth + 1))
        {
            return null;
        }

        position++;
        var filter = ParseOr(depth + 1, inBrackets: true);
        return filter is not null && Close(']') ? filter : null;
    }

    private Filter? ParseComparison(AttributePath path)
    {
        if (++terms > limits.MaxTerms)
        {
            error = ScimError.InvalidFilter($"The filter has more than {limits.MaxTerms} comparisons, which is the limit.");
            return null;
        }

        if (!SkipSpaces())
        {
            Expected($"a space and {Operators}");
            return null;
        }

        var start = position;
        var name = ReadName();
        if (name.Equals("pr", StringComparison.OrdinalIgnoreCase))
        {
            return new PresentFilter(path);
        }

        if (ComparisonOperators.Find(name) is not { } comparison)
        {
            position = start;
            Expected(Operators);
            return null;
        }

        if (!SkipSpaces())
        {
            Expected($"a space and {Literals}");
            return null;
        }

        return ParseLiteral() is { } literal ? new ComparisonFilter(path, comparison, literal) : null;
    }

    private FilterLiteral? ParseLiteral()
    {
        if (Peek() == '"')
        {
            return ParseString();
        }

        var start = position;
        var word = ReadName();
        FilterLiteral? literal = word switch
        {
            _ when word.Equals("true", StringComparison.OrdinalIgnoreCase) => FilterLiteral.True,
            _ when word.Equals("false", StringComparison.OrdinalIgnoreCase) => FilterLiteral.False,
            _ when word.Equals("null", StringComparison.OrdinalIgnoreCase) => FilterLiteral.Null,
            _ when ExactNumber.IsNumber(word) => new FilterLiteral(FilterLiteralKind.Number, word.ToString()),
            _ => null,
        };
        if (literal is null)
        {
            position = start;
            Expected(Literals);
        }

        return literal;
    }

    private FilterLiteral? ParseString()
    {
        var start = position++;
        var value = new StringBuilder();
        while (position < text.Length)
        {
            var c = text[position++];
            switch (c)
            {
                case '"':
                    return IsUnicode(value) ? FilterLiteral.String(value.ToString()) : Bad(start, "a string without lone surrogates");
                case '\\':
                    if (Unescape() is not { } unescaped)
                    {
                        return Bad(position - 1, "an escape sequence of JSON");
                    }

                    value.Append(unescaped);
                    break;
                case < ' ':
                    return Bad(position - 1, "a control character to be escaped");
                default:
                    value.Append(c);
                    break;
            }
        }

        return Bad(text.Length, $"the '\"' that ends the string begun at character {start + 1}");

        FilterLiteral? Bad(int at, string wanted)
        {
            position = at;
            Expected(wanted);
            return null;
        }
    }

    private char? Unescape()
    {
        const int hexDigits = 4;
        if (position == text.Length)
        {
            return null;
        }

        switch (text[position++])
        {
            case '"':
                return '"';
            case '\\':
                return '\\';
            case '/':
                return '/';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when text.Length - position >= hexDigits
                && ushort.TryParse(text.AsSpan(position, hexDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                position += hexDigits;
                return (char)unit;
            default:
                return null;
        }
    }

    private static bool IsUnicode(StringBuilder value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsTooDeep(int depth)
    {
        if (depth > limits.MaxDepth)
        {
            error = ScimError.InvalidFilter($"The filter nests deeper than the limit of {limits.MaxDepth} levels, at character {position + 1}.");
        }

        return error is not null;
    }

    private bool Close(char bracket)
    {
        SkipSpaces();
        if (Peek() != bracket)
        {
            Expected($"'and', 'or' or '{bracket}'");
            return false;
        }

        position++;
        return true;
    }

    /// <summary>Steps over <c>and</c> or <c>or</c> with the spaces that the grammar wants around it.</summary>
    private bool SkipKeyword(string keyword)
    {
        var start = position;
        if (SkipSpaces() && ReadName().Equals(keyword, StringComparison.OrdinalIgnoreCase) && SkipSpaces())
        {
            return true;
        }

        position = start;
        return false;
    }

    private ReadOnlySpan<char> ReadName()
    {
        var rest = text.AsSpan(position);
        var length = rest.IndexOfAny(EndOfName);
        var name = length < 0 ? rest : rest[..length];
        position += name.Length;
        return name;
    }

    private bool SkipSpaces()
    {
        var start = position;
        while (Peek() == ' ')
        {
            position++;
        }

        return position > start;
    }

    private char Peek() => position < text.Length ? text[position] : '\0';

    private void Expected(string wanted) =>
        error ??= ScimError.InvalidFilter(position < text.Length
            ? $"The filter is malformed: expected {wanted} at character {position + 1}, before '{Shown.Text(text[position..])}'."
            : $"The filter is malformed: expected {wanted} at character {position + 1}, where it ends.");

    private ScimError NotAPath(string wanted) =>
        ScimError.InvalidPath($"'{Shown.Text(text)}' is not a path: expected {wanted} at character {position + 1}.");
}
