namespace Entra.Model;

/// <summary>The values of one user, exactly as they were, or are to be, sent. Null is unset.</summary>
internal sealed class UserValues
{
    private readonly string?[] _values;

    public UserValues() => _values = new string?[UserAttributePaths.Count];

    /// <remarks><paramref name="values"/>: In the order of <see cref="UserAttribute"/>; kept, not copied.</remarks>
    /// <exception cref="ArgumentException">There are not as many values as attributes.</exception>
    public UserValues(string?[] values)
    {
        if (values.Length != UserAttributePaths.Count)
        {
            throw new ArgumentException($"A user has {UserAttributePaths.Count} values, not {values.Length}.", nameof(values));
        }

        _values = values;
    }

    public string? this[UserAttribute attribute]
    {
        get => _values[(int)attribute];
        set => _values[(int)attribute] = value;
    }

    public bool Active { get; set; } = true;

    public string UserName => this[UserAttribute.UserName]!;

    public bool HasEnterpriseValues
        => this[UserAttribute.Department] is not null
            || this[UserAttribute.EmployeeNumber] is not null
            || this[UserAttribute.CostCenter] is not null;

    public UserValues Clone() => new((string?[])_values.Clone()) { Active = Active };

    /// <summary>Every attribute whose value in <paramref name="next"/> is another than here.</summary>
    public List<AttributeChange> ChangesTo(UserValues next)
    {
        List<AttributeChange> changes = [];
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i] != next._values[i])
            {
                changes.Add(new AttributeChange((UserAttribute)i, _values[i], next._values[i]));
            }
        }

        return changes;
    }

    public string?[] ToArray() => (string?[])_values.Clone();
}
