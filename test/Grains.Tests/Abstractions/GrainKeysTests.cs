using FsCheck;
using FsCheck.Fluent;
using Grains.Abstractions;
using Grains.Indexes;

namespace Grains.Tests.Abstractions;

public sealed class GrainKeysTests
{
    private const string Characters = "ab-0";

    private static readonly Arbitrary<string> Part = Gen.Elements(Characters.ToCharArray()).NonEmptyListOf().Select(c => new string([.. c.Take(GrainKeys.MaxPartLength)])).ToArbitrary();

    [Fact]
    public void Resource_TwoIdentities_NeverShareAKey() => Prop.ForAll(Part, Part, (directory, id) =>
        GrainKeys.SplitResource(GrainKeys.Resource(directory, id)) == (directory, id)).QuickCheckThrowOnFailure();

    [Fact]
    public void Bucket_TwoIdentities_NeverShareAKey() => Prop.ForAll(Part, Part, ArbMap.Default.ArbFor<NonNegativeInt>(), (directory, index, number) =>
        GrainKeys.SplitBucket(GrainKeys.Bucket(directory, index, number.Get)) == (directory, index, number.Get)
        && GrainKeys.Bucket(directory, index, number.Get) != GrainKeys.Resource(directory, index)).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_HoldOnlyWhatStoragesKeepAsItIs() => Prop.ForAll(Part, Part, (directory, index) =>
        GrainKeys.Bucket(directory, index, 12).All(c => c is '.' or '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("\u00e4")]
    public void Resource_WhatIsNoPart_Throws(string part)
    {
        GrainKeys.IsPart(part).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => GrainKeys.Resource("dir", part));
        Should.Throw<ArgumentException>(() => GrainKeys.Resource(part, "id"));
        Should.Throw<ArgumentException>(() => GrainKeys.Bucket("dir", part, 0));
    }

    [Fact]
    public void IsPart_Length_IsBounded()
    {
        GrainKeys.IsPart(new string('a', GrainKeys.MaxPartLength)).ShouldBeTrue();
        GrainKeys.IsPart(new string('a', GrainKeys.MaxPartLength + 1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("externalId", "u-externalid")]
    [InlineData("userName", "u-username")]
    public void Attribute_PlainName_StandsAsItIs(string path, string index) => IndexNames.Attribute("u", path).ShouldBe(index);

    [Fact]
    public void Attribute_OtherPaths_AreParts()
    {
        var one = IndexNames.Attribute("u", "emails[type eq \"work\"].value");
        var other = IndexNames.Attribute("u", "emails[type eq \"home\"].value");

        GrainKeys.IsPart(one).ShouldBeTrue();
        one.ShouldNotBe(other);
    }
}
