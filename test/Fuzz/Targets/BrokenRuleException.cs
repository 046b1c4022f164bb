namespace Fuzz.Targets;

/// <summary>A parser did what it must not: the message says what.</summary>
internal sealed class BrokenRuleException(string message) : Exception(message)
{
    /// <summary>Throws unless the rule holds.</summary>
    public static void Unless(bool holds, string rule)
    {
        if (!holds)
        {
            throw new BrokenRuleException(rule);
        }
    }
}
