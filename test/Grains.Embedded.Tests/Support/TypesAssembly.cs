using System.Reflection;

namespace Grains.Embedded.Tests;

/// <summary>An assembly of some types, so that well-behaved grains and broken ones can live in one project.</summary>
internal sealed class TypesAssembly(params Type[] types) : Assembly
{
    public static readonly TypesAssembly WellBehaved = new([.. typeof(TypesAssembly).Assembly.GetTypes().Where(type => type.DeclaringType != typeof(Runtime.Broken))]);

    public override Type[] GetTypes() => types;
}
