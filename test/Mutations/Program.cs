using Mutations;

// The only argument, where there is one, chooses the mutations of one rule.
var chosen = MutationList.All.Where(m => args.Length == 0 || m.Rule == args[0]).ToList();
var root = Directory.GetCurrentDirectory();
if (chosen.Count == 0 || !File.Exists(Path.Combine(root, "Orleans.sln")))
{
    await Console.Error.WriteLineAsync("Run in the root of the repository, with no argument or with the name of a rule: R1 to R8.");
    return 2;
}

using var copy = new SourceCopy(root);
var tests = new TestRun(copy.Root);
var wrong = 0;

// Every text is looked for first: a list that no longer fits the source is told at once.
chosen.ForEach(m => copy.Mutate(m)());

await tests.Build();
foreach (var test in chosen.SelectMany(m => m.Tests).Distinct())
{
    var (failed, passed) = await tests.Run(test);
    if (failed.Count > 0 || passed == 0)
    {
        wrong++;
        Console.WriteLine($"Without a mutation: {test}: {passed} passed, {failed.Count} failed");
    }
}

Console.WriteLine("| rule | mutation | caught by |");
Console.WriteLine("|---|---|---|");
foreach (var mutation in chosen)
{
    var undo = copy.Mutate(mutation);
    await tests.Build();
    var caught = new List<string>();
    foreach (var test in mutation.Tests)
    {
        var (failed, passed) = await tests.Run(test);
        wrong += failed.Count > 0 ? 0 : 1;
        caught.Add(failed.Count > 0 ? $"`{test}` ({failed.Count} of {failed.Count + passed})" : $"**not** by `{test}`");
    }

    undo();
    Console.WriteLine($"| {mutation.Rule} | {mutation.What} | {string.Join("; ", caught)} |");
}

Console.WriteLine(wrong == 0 ? $"{chosen.Count} mutations, all caught." : $"{wrong} of the above are wrong.");
return wrong == 0 ? 0 : 1;
