#pragma warning disable IDE0130, MA0182 // The runtime looks for the attribute by this name; only emitted code bears it.
namespace System.Runtime.CompilerServices;

/// <summary>Lets the emitted proxies implement internal interfaces of the assembly it names.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
