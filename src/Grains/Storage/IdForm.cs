namespace Grains.Storage;

/// <summary>How a row's compact form holds an id.</summary>
internal enum IdForm
{
    Text,

    /// <summary>A UUID that is written with dashes.</summary>
    Dashed,

    /// <summary>A UUID that is written without.</summary>
    Plain,
}
