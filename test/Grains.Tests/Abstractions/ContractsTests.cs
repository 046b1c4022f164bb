using System.Reflection;
using System.Text;
using Grains.Abstractions;
using Grains.Storage;

namespace Grains.Tests.Abstractions;

/// <summary>
/// What crosses a grain call or stands in a row, as <c>src/Grains.Abstractions/contracts.txt</c> has it. During a rolling upgrade silos of
/// two versions talk to each other, and rows of the older one are read: a name or a number that was given is never given to something else.
/// </summary>
public sealed class ContractsTests
{
    private const string Update = "MUSTER_UPDATE_CONTRACTS";



    [Fact]
    public void Contracts_AreThoseOfTheFile()
    {
        var file = Path.Combine(Folder(), "contracts.txt");
        var now = Describe();
        if (Environment.GetEnvironmentVariable(Update) is not null)
        {
            System.IO.File.WriteAllText(file, now);
        }

        var was = System.IO.File.ReadAllText(file);
        Lines(was).Except(Lines(now)).ShouldBeEmpty("These are no longer there, or changed: silos of the version before still send them. Add instead of changing, see docs/upgrades.md.");
        Lines(now).Except(Lines(was)).ShouldBeEmpty($"These are new: set {Update}=1, run this test again, and check the change of contracts.txt in.");
    }

    [Fact]
    public void Contracts_EachTypeHasAnAliasOfItsOwn() =>
        Types().Select(t => Name(t)).ShouldBeUnique();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<Type> Types() => new[] { typeof(GrainKeys).Assembly, typeof(StateSerializer).Assembly }
        .SelectMany(a => a.GetTypes())
        .Where(t => t.GetCustomAttribute<AliasAttribute>()?.Alias.StartsWith("muster.", StringComparison.Ordinal) == true)
        .OrderBy(t => Name(t), StringComparer.Ordinal);

    private static string Name(Type type) => type.GetCustomAttribute<AliasAttribute>()!.Alias;

    private static string Describe()
    {
        var text = new StringBuilder();
        foreach (var type in Types())
        {
            var name = Name(type);
            text.Append(name).Append('\n');
            if (type.IsEnum)
            {
                foreach (var value in Enum.GetValues(type))
                {
                    text.Append($"{name} = {Convert.ToInt64(value, null)} {value}\n");
                }
            }
            else if (type.IsInterface)
            {
                foreach (var method in type.GetMethods().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    var alias = method.GetCustomAttribute<AliasAttribute>()?.Alias ?? method.Name;
                    text.Append($"{name}.{alias}({string.Join(", ", method.GetParameters().Select(p => Shown(p.ParameterType)))}): {Shown(method.ReturnType)}\n");
                }
            }
            else
            {
                var members = type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                    .Select(m => (Member: m, Id: m.GetCustomAttribute<IdAttribute>()?.Id))
                    .Where(m => m.Id is not null)
                    .OrderBy(m => m.Id);
                foreach (var (member, id) in members)
                {
                    text.Append($"{name} [{id}] {member.Name}: {Shown(member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType)}\n");
                }
            }
        }

        return text.ToString();
    }

    private static string Shown(Type type) =>
        type.IsArray ? Shown(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Shown))}>"
        : type.Name;

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "src", "Grains.Abstractions");
    }
}
