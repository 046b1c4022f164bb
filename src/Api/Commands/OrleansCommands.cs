namespace Api.Commands;

/// <summary>The commands on a database file, which this engine does not have.</summary>
internal static class OrleansCommands
{
    private const int CouldNot = 2;

    public static bool NameCommand(this string[] args) => args is ["backup" or "restore" or "check" or "export" or "import", ..];

    public static Task<int> RunCommand(this string[] args)
    {
        Console.Error.WriteLine(args[0] is "export" or "import"
            ? $"{args[0]}: this build has no such command. Ask a front, at /admin/v1/directories/{{directory}}/{args[0]} (docs/moving.md), or use the command of a build with the embedded engine: it asks any server."
            : $"{args[0]}: state is in Azure Table storage, which has its own means. This command is for the embedded engine's file.");
        return Task.FromResult(CouldNot);
    }
}
