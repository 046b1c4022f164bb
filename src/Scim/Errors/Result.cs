using System.Diagnostics.CodeAnalysis;

namespace Scim.Errors;

/// <summary>Either a value or the <see cref="ScimError"/> that kept it from being made.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct Result<T>
    where T : notnull
{
    private readonly T? value;
    private readonly ScimError? error;

    private Result(T? value, ScimError? error) => (this.value, this.error) = (value, error);

    /// <summary>The fault, or null where there is a value.</summary>
    public ScimError? Error => error;

    /// <summary>The value; reading it where there is none throws <see cref="InvalidOperationException"/> with the fault's text.</summary>
    public T Value => error is null && value is not null ? value : throw new InvalidOperationException(error?.Detail ?? "No value.");

    public static implicit operator Result<T>(T value) => new(value, error: null);

    public static implicit operator Result<T>(ScimError error) => new(value: default, error);

    /// <summary>Gives the value or the fault.</summary>
    /// <returns>True where there is a value.</returns>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ScimError? error)
    {
        value = this.value;
        error = this.error;
        return error is null;
    }
}
