namespace Bench.Requests;

/// <summary>What the bare endpoint does beside answering.</summary>
internal enum BareWork
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Commits a row that is there, drawn at random.</summary>
    UpdatesRow,

    /// <summary>Commits a new row.</summary>
    InsertsRow,
}
