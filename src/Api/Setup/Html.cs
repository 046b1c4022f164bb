namespace Api.Setup;

/// <summary>A piece of HTML. Whatever is put into one is escaped, unless it is HTML itself; attributes stand in double quotes.</summary>
/// <param name="Text">The markup.</param>
internal readonly record struct Html(string Text)
{
    /// <summary>Nothing.</summary>
    public static Html None { get; } = new("");

    /// <summary>A piece with what is put into it.</summary>
    public static Html Of(HtmlText text) => new(text.ToString());

    /// <summary>Pieces one after the other.</summary>
    public static Html Of(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.Text)));
}
