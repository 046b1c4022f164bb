using System.Buffers;
using System.Runtime.CompilerServices;
using Scim.Errors;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Projection;

/// <summary>
/// Which attributes of a resource an answer has (RFC 7644 §3.9): those asked for by <c>attributes</c>, or all but those in
/// <c>excludedAttributes</c>. Attributes with <c>returned</c> <c>always</c> are there whatever is asked, those with <c>never</c> are not,
/// and those with <c>request</c> only where named. Names that the schema does not have are ignored.
/// </summary>
public sealed class AttributeSelection
{
    private static readonly ConditionalWeakTable<ResourceType, AttributeSelection> Defaults = [];

    private readonly ResourceType type;
    private readonly bool only;
    private readonly SelectedNames names;

    private AttributeSelection(ResourceType type, bool only, SelectedNames names)
    {
        this.type = type;
        this.only = only;
        this.names = names;
        IsDefault = !only && names.IsEmpty && !type.Schema.Attributes.Concat(type.Extensions.SelectMany(extension => extension.Schema.Attributes)).Any(ResourceProjector.HidesSomething);
    }

    /// <summary>Whether nothing is left out, so that a resource can be sent as it is rendered.</summary>
    public bool IsDefault { get; }

    /// <summary>What a request gets that says nothing of attributes.</summary>
    /// <param name="type">The type of the resources that will be projected.</param>
    public static AttributeSelection Default(ResourceType type) =>
        Defaults.GetValue(type, static type => new AttributeSelection(type, only: false, SelectedNames.Empty));

    /// <summary>Reads the two query parameters; null or blank where the request has none.</summary>
    /// <param name="attributes">Names with commas between: <c>userName</c>, <c>name.givenName</c>, <c>urn:…:User:department</c>, the URN of a schema.</param>
    /// <param name="excludedAttributes">The same, of what to leave out.</param>
    /// <param name="type">The type of the resources that will be projected.</param>
    /// <returns>The selection, or 400 <c>invalidValue</c> where both parameters are given.</returns>
    public static Result<AttributeSelection> Parse(string? attributes, string? excludedAttributes, ResourceType type)
    {
        var hasExcluded = !string.IsNullOrWhiteSpace(excludedAttributes);
        if (string.IsNullOrWhiteSpace(attributes))
        {
            return hasExcluded ? new AttributeSelection(type, only: false, SelectedNames.Parse(excludedAttributes!, type)) : Default(type);
        }

        return hasExcluded
            ? ScimError.InvalidValue("'attributes' and 'excludedAttributes' cannot both be given.")
            : new AttributeSelection(type, only: true, SelectedNames.Parse(attributes, type));
    }

    /// <summary>Whether an attribute at the top of a resource, or any part of it, is asked for: what is not need not be loaded.</summary>
    /// <param name="attribute">Its name: <c>members</c>.</param>
    public bool Includes(string attribute)
    {
        var named = names.Find(attribute);
        return (type.FindAttribute(attribute)?.Returned ?? Returned.Default) switch
        {
            Returned.Always => true,
            Returned.Never => false,
            Returned.Request => only && named is not null,
            _ => only ? named is not null : named is not { IsWhole: true },
        };
    }

    /// <summary>Copies what is asked for of a resource, each value byte for byte.</summary>
    /// <param name="resourceUtf8">A resource as <see cref="ResourceRenderer"/> made it, its address filled in.</param>
    /// <param name="output">Takes the result.</param>
    public void Project(ReadOnlySpan<byte> resourceUtf8, IBufferWriter<byte> output)
    {
        if (IsDefault)
        {
            output.Write(resourceUtf8);
            return;
        }

        // What is left out only makes it shorter.
        var projector = new ResourceProjector(resourceUtf8, output.GetSpan(resourceUtf8.Length));
        output.Advance(projector.Project(type, only, names));
    }
}
