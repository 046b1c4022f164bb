namespace Scim.Filters;

/// <summary>What every resource that matches a filter satisfies, as far as it can be looked up: all of it at once.</summary>
public sealed class FilterDemands
{
    private readonly List<EqualityTerm> equalities = [];
    private readonly List<(FilterDemands Either, FilterDemands Or)> alternatives = [];

    internal FilterDemands()
    {
    }

    /// <summary>
    /// Equalities of text that every match satisfies, so that looking up any one of them finds all matches. Those that stand within
    /// brackets are given alone (<c>emails.value</c>) and under each other equality beside them (<c>emails[type eq "work"].value</c>).
    /// </summary>
    public IReadOnlyList<EqualityTerm> Equalities => equalities;

    /// <summary>For each <c>or</c> that every match satisfies, what its two sides demand: looking up both finds all matches.</summary>
    public IReadOnlyList<(FilterDemands Either, FilterDemands Or)> Alternatives => alternatives;

    /// <summary>Whether nothing can match: what is demanded is of an attribute that the type does not have.</summary>
    public bool Impossible { get; private set; }

    internal void Add(EqualityTerm equality, bool possible)
    {
        Impossible |= !possible;
        if (!equalities.Contains(equality))
        {
            equalities.Add(equality);
        }
    }

    internal void Add(FilterDemands either, FilterDemands or) => alternatives.Add((either, or));
}
