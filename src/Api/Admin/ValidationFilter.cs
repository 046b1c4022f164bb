using FluentValidation;

namespace Api.Admin;

/// <summary>Validates the body of an admin request and names every fault (RFC 9457).</summary>
internal sealed class ValidationFilter<T>(IValidator<T> validator) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.Arguments.OfType<T>().FirstOrDefault() is not { } body)
        {
            return Results.Problem("The request needs a JSON body.", statusCode: StatusCodes.Status400BadRequest);
        }

        var result = await validator.ValidateAsync(body);
        return result.IsValid ? await next(context) : Results.ValidationProblem(result.ToDictionary());
    }
}
