using System.Text;

namespace Scim.Filters;

/// <summary>Prints a filter so that parsing gives an equal tree.</summary>
internal static class FilterPrinter
{
    public static string Print(Filter filter)
    {
        var text = new StringBuilder();
        Print(filter, text);
        return text.ToString();
    }

    public static string Print(FilterLiteral literal)
    {
        var text = new StringBuilder();
        Print(literal, text);
        return text.ToString();
    }

    private static void Print(Filter filter, StringBuilder text)
    {
        switch (filter)
        {
            // Operators associate to the left, so a right operand of the same kind was grouped.
            case AndFilter and:
                PrintOperand(and.Left, text, and.Left is OrFilter);
                text.Append(" and ");
                PrintOperand(and.Right, text, and.Right is OrFilter or AndFilter);
                break;
            case OrFilter or:
                Print(or.Left, text);
                text.Append(" or ");
                PrintOperand(or.Right, text, or.Right is OrFilter);
                break;
            case NotFilter not:
                text.Append("not ");
                PrintOperand(not.Operand, text, grouped: true);
                break;
            case PresentFilter present:
                text.Append(present.Path).Append(" pr");
                break;
            case ComparisonFilter comparison:
                text.Append(comparison.Path).Append(' ').Append(comparison.Operator.Name()).Append(' ');
                Print(comparison.Value, text);
                break;
            case ValuePathFilter valuePath:
                text.Append(valuePath.Path).Append('[');
                Print(valuePath.ValueFilter, text);
                text.Append(']');
                break;
        }
    }

    private static void PrintOperand(Filter operand, StringBuilder text, bool grouped)
    {
        if (grouped)
        {
            text.Append('(');
        }

        Print(operand, text);
        if (grouped)
        {
            text.Append(')');
        }
    }

    private static void Print(FilterLiteral literal, StringBuilder text)
    {
        if (literal.Kind != FilterLiteralKind.Text)
        {
            text.Append(literal.Text);
            return;
        }

        text.Append('"');
        foreach (var c in literal.Text)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case < ' ':
                    text.Append($"\\u{(int)c:x4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
