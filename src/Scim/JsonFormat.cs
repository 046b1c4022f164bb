using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scim;

/// <summary>How this library writes JSON.</summary>
internal static class JsonFormat
{
    /// <summary>
    /// Text stays readable, and <c>+</c> a plus sign: the answers are <c>application/scim+json</c> and never stand inside HTML.
    /// Control characters are escaped by every encoder. The writer does not check structure: these writers are tested instead.
    /// </summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
