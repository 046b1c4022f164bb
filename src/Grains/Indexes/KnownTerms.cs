using Grains.Storage;

namespace Grains.Indexes;

/// <summary>Where a resource stands by its attributes, remembered for as long as these are the same.</summary>
internal sealed class KnownTerms
{
    private static readonly List<IndexTerm> None = [];

    private RawJson? of;
    private ResourceIndexes? by;
    private List<IndexTerm> terms = None;

    /// <summary>The places of attributes. Not to be changed.</summary>
    public List<IndexTerm> Of(RawJson attributes, ResourceIndexes indexes)
    {
        if (!Knows(attributes, indexes))
        {
            Set(attributes, indexes, indexes.TermsOf(attributes.Utf8));
        }

        return terms;
    }

    /// <summary>The places of attributes, without remembering them: what is kept of a resource that is seldom used is work for the collector.</summary>
    public List<IndexTerm> Look(RawJson attributes, ResourceIndexes indexes) =>
        Knows(attributes, indexes) ? terms : indexes.TermsOf(attributes.Utf8);

    /// <summary>Attributes were changed: where the places of the old ones were remembered, so are the new ones.</summary>
    public void Change(RawJson from, RawJson to, ResourceIndexes indexes, List<IndexTerm> after)
    {
        if (Knows(from, indexes))
        {
            Set(to, indexes, after);
        }
    }

    /// <summary>Remembers what was found out on the way to these attributes.</summary>
    public void Set(RawJson attributes, ResourceIndexes indexes, List<IndexTerm> known) => (of, by, terms) = (attributes, indexes, known);

    private bool Knows(RawJson attributes, ResourceIndexes indexes) => ReferenceEquals(attributes, of) && ReferenceEquals(indexes, by);

    /// <summary>Whether attributes stand under a value of an index. Where their places are not remembered, they are not for this.</summary>
    public bool Hold(RawJson attributes, ResourceIndexes indexes, string index, string value)
    {
        if (!Knows(attributes, indexes))
        {
            return indexes.Hold(attributes.Utf8, index, value);
        }

        foreach (var term in terms)
        {
            if (term.Index == index && term.Value == value)
            {
                return true;
            }
        }

        return false;
    }
}
