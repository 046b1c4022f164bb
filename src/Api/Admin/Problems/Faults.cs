using FluentValidation.Results;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin.Problems;

/// <summary>Refusals that list every fault of a request.</summary>
internal static class Faults
{
    /// <summary>400 with every fault.</summary>
    public static ProblemHttpResult Problem(params IReadOnlyList<Fault> faults) => TypedResults.Problem(
        faults.Count == 1 ? Sentence(faults[0]) : $"The request has {faults.Count} faults.",
        statusCode: StatusCodes.Status400BadRequest,
        type: ProblemTypes.InvalidRequest,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = faults });

    /// <summary>The faults that a validator found; its property names are those of the API, by dots.</summary>
    public static IEnumerable<Fault> Of(ValidationResult result) =>
        result.Errors.Select(e => new Fault(e.ErrorMessage, "#/" + e.PropertyName.Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/')));

    /// <summary>The faults of a body, and those of the rest of it that concern no member that has one already: what was left out of it is not to be missed.</summary>
    public static List<Fault> Together(List<Fault> faults, IEnumerable<Fault> more) =>
        [.. faults, .. more.Where(m => !faults.Exists(f => Member(f.Pointer!) == Member(m.Pointer!)))];

    /// <summary>Says of an endpoint that it may answer so.</summary>
    public static RouteHandlerBuilder ProducesFaults(this RouteHandlerBuilder builder) =>
        builder.Produces<FaultsProblem>(StatusCodes.Status400BadRequest, "application/problem+json");

    private static string Member(string pointer) => pointer.Split('/') is [_, var member, ..] ? member : "";

    private static string Sentence(Fault fault) =>
        (fault.Header ?? fault.Parameter ?? fault.Pointer?.TrimStart('#', '/')) is { Length: > 0 } place && char.IsAsciiLetterLower(fault.Detail[0])
            ? $"'{place}' {fault.Detail}"
            : fault.Detail;
}
