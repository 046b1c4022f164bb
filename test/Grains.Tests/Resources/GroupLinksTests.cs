using Grains.Abstractions.Resources;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Resources;

public sealed class GroupLinksTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_Join_Stands() => Present(Join([], 1)).ShouldBe(["g"]);

    [Fact]
    public void With_OlderOrEqualWord_ChangesNothing()
    {
        var links = Join([], 5)!;

        GroupLinks.With(links, Word(5), joins: false, Now).ShouldBeNull();
        GroupLinks.With(links, Word(4), joins: false, Now).ShouldBeNull();
        Join(links, 5).ShouldBeNull();
        Present(Leave(links, 6)).ShouldBeEmpty();
    }

    [Fact]
    public void With_Leave_IsRememberedSoThatAnOlderJoinComesTooLate()
    {
        var links = Leave([], 5)!;

        Join(links, 4).ShouldBeNull();
        Present(Join(links, 6)).ShouldBe(["g"]);
    }

    [Fact]
    public void With_WhatWasLeftLongAgo_IsForgottenWithTheNextWord()
    {
        var links = Leave([], 5)!;
        var later = Now.AddSeconds(BucketTable.LeftBehindSeconds);

        GroupLinks.With(links, new Membership { Group = "h", Version = 1 }, joins: true, later.AddSeconds(-1))!.Length.ShouldBe(2);
        GroupLinks.With(links, new Membership { Group = "h", Version = 1 }, joins: true, later)!.Single().Group.ShouldBe("h");
    }

    [Fact]
    public void WorkList_DroppedIsAddedOnceAndHeldIsStruckOff()
    {
        var work = WorkList.After([Item("a"), Item("b")], [Term("b"), Term("c")], [Term("a")]);

        work.ShouldBe([Item("b"), Item("c")]);
    }

    private static WorkItem Item(string value) => new() { Index = "i", Value = value };

    private static IndexTerm Term(string value) => new("i", value, Unique: true);

    private static Membership Word(long version) => new() { Group = "g", Version = version };

    private static GroupLink[]? Join(GroupLink[] links, long version) => GroupLinks.With(links, Word(version), joins: true, Now);

    private static GroupLink[]? Leave(GroupLink[] links, long version) => GroupLinks.With(links, Word(version), joins: false, Now);

    private static string[] Present(GroupLink[]? links) => GroupLinks.Present(links.ShouldNotBeNull());
}
