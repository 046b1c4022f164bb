using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Grains.Abstractions;

namespace Cluster.Tests.Storage;

/// <summary>Azure Table storage forbids some characters in keys, and Orleans rewrites them: two grains must not come to share a row by it.</summary>
public sealed class KeysTests
{
    private const string Allowed = "abcdefghijklmnopqrstuvwxyz0123456789-";

    private static readonly Func<string, string> Sanitise = typeof(AzureTableGrainStorage).Assembly.GetTypes()
        .Select(t => t.GetMethod("SanitizeTableProperty", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .First(m => m is not null)!
        .CreateDelegate<Func<string, string>>();

    private static readonly Gen<string> Part = Gen.Elements(Allowed.ToCharArray()).NonEmptyListOf().Select(c => string.Concat(c.Take(GrainKeys.MaxPartLength)));

    private static readonly Gen<GrainId> Grain = Gen.OneOf(
        Part.Select(d => GrainId.Create("directory", GrainKeys.Directory(d))),
        Part.Select(d => GrainId.Create("tenant", d)),
        Part.Two().Select(p => GrainId.Create("user", GrainKeys.Resource(p.Item1, p.Item2))),
        Part.Two().Select(p => GrainId.Create("group", GrainKeys.Resource(p.Item1, p.Item2))),
        Part.Two().SelectMany(p => Gen.Choose(0, int.MaxValue).Select(n => GrainId.Create("bucket", GrainKeys.Bucket(p.Item1, p.Item2, n)))));

    /// <summary>What it does rewrite, so that the tests below mean something.</summary>
    [Theory]
    [InlineData("a/b", "a_b")]
    [InlineData("a#b", "a_b")]
    public void Sanitise_WhatIsForbidden_MakesDifferentKeysTheSame(string key, string row) => Sanitise(key).ShouldBe(row);

    [Fact]
    public void Rows_OfTwoGrains_AreNeverTheSame() =>
        Prop.ForAll(Grain.Two().ToArbitrary(), two => two.Item1 == two.Item2 || Row(two.Item1) != Row(two.Item2)).QuickCheckThrowOnFailure();

    /// <summary>Close ones, which random ones are not: a hyphen or a dot in another place, a number that begins another.</summary>
    [Fact]
    public void Rows_OfGrainsWithLikeKeys_AreNeverTheSame()
    {
        string[] parts = ["a", "a-", "-a", "a-b", "a--b", "b", "1", "12", "u-id", "m-a"];
        var grains = new List<GrainId>();
        foreach (var one in parts)
        {
            grains.Add(GrainId.Create("directory", one));
            grains.Add(GrainId.Create("tenant", one));
            foreach (var two in parts)
            {
                grains.Add(GrainId.Create("user", GrainKeys.Resource(one, two)));
                grains.Add(GrainId.Create("group", GrainKeys.Resource(one, two)));
                grains.AddRange(new long[] { 0, 1, 12, 2 }.Select(n => GrainId.Create("bucket", GrainKeys.Bucket(one, two, n))));
            }
        }

        grains.Select(Row).ShouldBeUnique();
    }

    // As AzureTableGrainStorage makes it: the service's id and the grain's, sanitised.
    private static string Row(GrainId grain) => Sanitise($"muster_{grain}");
}
