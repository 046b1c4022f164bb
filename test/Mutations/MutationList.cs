namespace Mutations;

/// <summary>The mutations, by rule.</summary>
internal static class MutationList
{
    private const string Row = "src/Grains/Storage/Row.cs";
    private const string GroupCommit = "src/Grains/Storage/GroupCommit.cs";
    private const string User = "src/Grains/Users/UserGrain.cs";
    private const string UserState = "src/Grains/Users/UserState.cs";
    private const string Group = "src/Grains/Groups/GroupGrain.cs";
    private const string MemberBuckets = "src/Grains/Groups/MemberBuckets.cs";
    private const string BucketTable = "src/Grains/Indexes/BucketTable.cs";
    private const string GroupLinks = "src/Grains/Resources/GroupLinks.cs";
    private const string EventLog = "src/Grains/Events/EventLogGrain.cs";

    public static readonly IReadOnlyList<Mutation> All =
    [
        new(
            "R1",
            "an activation goes on after a failed write",
            Row,
            """
                    poisoned = true;
                    grain.DeactivateOnIdle();
            """,
            "",
            "UserFaultTests.Change_LostAnswerAndFailedReread_Is503AndTheRetrySeesTheChange"),
        new(
            "R1",
            "where nothing is known of a write it is taken for a conflict, and the call goes on",
            Row,
            "Lost = storage.Etag == before;",
            "Lost = false;",
            "FaultTable.AnyWrite_Faulty_InvariantsHoldAfterARetry(TimesOutAndLandsAfterTheLook)"),
        new(
            "R2",
            "an answer does not wait for the write of what it was decided from",
            GroupCommit,
            "newest is not { } write || await write.Task == WriteOutcome.Written",
            "newest is not { } write || await Task.FromResult(write.Task is not null)",
            "BucketGrainTests.Apply_SameChangeAgainWhileItIsInFlight_WaitsForIt"),
        new(
            "R2",
            "\"no change\" is said of what is remembered",
            User,
            """
                            if (await row.Refresh(decidedOn))
                            {
                                continue;
                            }

                            return await Regained(
            """,
            """
                            return await Regained(
            """,
            "UserFaultTests.NoChange_ByAStaleTwin_IsSaidOfWhatStands"),
        new(
            "R2",
            "a group believes what its members' buckets remember",
            MemberBuckets,
            "if (followed is null)",
            "if (followed is not null)",
            "FaultTable.AnyWrite_Faulty_InvariantsHoldAfterARetry(delete of a user in groups, TwinAnswersFirst)"),
        new(
            "R3",
            "an own write is not recognised",
            Row,
            "if (writeId is null ? !Exists : Current.WriteId == writeId)",
            "if (writeId is null && !Exists)",
            "UserFaultTests.Delete_WriteAppliedThenFailed_IsRecognisedAsSuccess"),
        new(
            "R3",
            "after a conflict the row's write alone is repeated",
            Row,
            "return await Write(state.WithWriteId(writeId ?? NewWriteId()));",
            "var sent = state.WithWriteId(writeId ?? NewWriteId()); var outcome = await Write(sent); return outcome == WriteOutcome.Conflict ? await Write(sent) : outcome;",
            "UserFaultTests.Rename_RowWriteConflictsWithATwins_BothChangesStand"),
        new(
            "R3",
            "after a conflict the next decision is made on what was remembered",
            GroupCommit,
            """
                            Pending = row.Current;
                            newest = null;
            """,
            "                newest = null;",
            "BucketGrainTests.Apply_TwinHasWritten_BothChangesStand"),
        new(
            "R3",
            "a rename that is older than its user's own newer claim is refused instead of decided again",
            User,
            "if (claimed == BucketStatus.Lost && await row.Refresh(decidedOn))",
            "if (claimed == BucketStatus.Lost && await row.Refresh(decidedOn) && claimed != BucketStatus.Lost)",
            "FaultTable.AnyWrite_Faulty_InvariantsHoldAfterARetry(rename and back, TwinAnswersFirst)"),
        new(
            "R4",
            "an older entry overwrites a newer one",
            BucketTable,
            "if (owner is not null && owner.Version >= version)",
            "if (owner is not null && owner.Version == version)",
            "BucketTableTests.Put_OlderOrEqualVersion_ChangesNothing"),
        new(
            "R4",
            "a removal takes away what is newer",
            BucketTable,
            "owner is not null && owner.Version <= version;",
            "owner is not null;",
            "BucketTableTests.Remove_NewerStands_KeepsIt"),
        new(
            "R4",
            "a removal leaves no version behind",
            BucketTable,
            "if (entry.Common || LeftBehind(key, id) >= version)",
            "if (entry.Common)",
            "BucketTableTests.Remove_LeavesItsVersionBehind_SoThatAnOlderPutComesTooLate"),
        new(
            "R4",
            "an older word of a group overwrites a newer one",
            GroupLinks,
            "if (before is not null && before.Version >= membership.Version)",
            "if (before is not null && before.Version == membership.Version)",
            "GroupLinksTests.With_OlderOrEqualWord_ChangesNothing"),
        new(
            "R5",
            "a \"no\" is told before it is durable",
            User,
            "            // A \"no\" is durable first: a write in flight of another activation then fails.",
            "            if (row.Exists) { return new HoldsReply { Holds = false, Version = row.Current.Version }; }",
            "TakeOverTests.Holds_UserThatDoesNot_WritesItsRowBeforeItSaysNo",
            "TakeOverTests.Holds_AnotherActivationsWriteInFlight_FailsAfterTheNo"),
        new(
            "R5",
            "a user that is about to hold a name says no",
            User,
            """
                                about = IndexClient.Shorten(claim.Value);
                                var claimed
            """,
            "                    var claimed",
            "TakeOverTests.Holds_WhileARenameToTheValueIsUnderWay_SaysYes"),
        new(
            "R6",
            "a question back waits for the turn that runs",
            "src/Grains.Abstractions/Users/IUserGrain.cs",
            """
                [AlwaysInterleave]
                [Alias("Holds")]
            """,
            """
                [Alias("Holds")]
            """,
            "TakeOverTests.Holds_WhileARenameToTheValueIsUnderWay_SaysYes"),
        new(
            "R6",
            "a delete waits, in its turn, for the user's groups",
            User,
            """
                                await Release(directory);
                                return new ResourceReply { Unfinished = OwesGroups };
            """,
            """
                                await Release(directory);
                                await LeaveGroups(directory);
                                return new ResourceReply { Unfinished = OwesGroups };
            """,
            "CallDirectionTests.Delete_WhileItsGroupTellsTheUserToLeave_BothAnswer"),
        new(
            "R6",
            "a user that is woken waits, in its turn, for its groups",
            User,
            """
                        _ = Settle(directory);
                    }

                    return new Finding
            """,
            """
                        await Settle(directory);
                    }

                    return new Finding
            """,
            "CallDirectionTests.Wake_WhileItsGroupTellsTheUserToLeave_BothAnswer"),
        new(
            "R7",
            "a create's row is not marked",
            User,
            """
                                Marked = true,
                                Created = news.Imported?.Created ?? now,
            """,
            "                    Created = news.Imported?.Created ?? now,",
            "UserCreateTests.Create_CrashBeforeTheClaimIsConfirmed_TheRowClaimsAgainBeforeItServes"),
        new(
            "R7",
            "a row does not say that its event may be missing",
            UserState,
            "EventOpen = true, IndexEpoch = indexEpoch };",
            "EventOpen = false, IndexEpoch = indexEpoch };",
            "AlarmClockTests.Change_ProcessEndsBeforeItsEventIsAppended_TheEventIsThereWhenTheUserIsNextAskedFor"),
        new(
            "R7",
            "a row does not say which event stands before its own",
            UserState,
            "EventBefore = before,",
            "EventBefore = null,",
            "AlarmClockTests.Change_EventIsSentAgain_TheOneBeforeStandsToo"),
        new(
            "R7",
            "a group serves before its intent is finished",
            Group,
            "!await logged.Resend(directory, state) || !await FinishIntent(directory) ||",
            "!await logged.Resend(directory, state) ||",
            "GroupTests.Intent_CrashBetweenTheHeadAndTheJoins_IsFinishedBeforeTheGroupServes"),
        new(
            "R7",
            "a completion that failed is waited for again and again",
            Group,
            "completing = null;",
            "_ = completing;",
            "GroupTests.Activation_ABucketCannotBeReadAtFirst_TheGroupServesAfterwards"),
        new(
            "R8",
            "who has work left is not woken again",
            EventLog,
            "foreach (var some in State.Unfinished.Chunk(WakeAtOnce))",
            "foreach (var some in State.Unfinished.Where(_ => row.Poisoned).Chunk(WakeAtOnce))",
            "AlarmClockTests.Delete_TheGroupCannotBeLeftAtFirst_IsWokenUntilItIs"),
        new(
            "R8",
            "nobody is asked after an event that stays unsettled",
            EventLog,
            "e.Status == EventStatus.Unsettled && e.At <= before)",
            "e.Status == EventStatus.Unsettled && e.At < 0)",
            "AlarmClockTests.Delete_ProcessEndsBeforeTheGroupsAreLeft_TheyAreLeftWhenTimeHasPassed"),
        new(
            "R8",
            "the row is cleared before its work is done",
            User,
            """
                    if (OwesGroups)
                    {
                        // Nobody else
            """,
            """
                    if (OwesGroups && row.Poisoned)
                    {
                        // Nobody else
            """,
            "AlarmClockTests.Tombstone_OwesItsGroups_IsClearedOnlyWhenTheyAreLeft"),
        new(
            "R8",
            "a group whose create was refused has no alarm clock",
            Group,
            "unfinished: row.Current.Leaving);\n        }",
            "unfinished: false);\n        }",
            "AlarmClockTests.Create_OfAGroup_GivenUp_ItsMembersLeave"),
        new(
            "R8",
            "a total is told before what was left unsettled is asked after",
            EventLog,
            "Array.Exists(row.Serving.Entries, IsLeft)",
            "Array.Exists(row.Serving.Entries, e => IsLeft(e) && row.Poisoned)",
            "ListAfterCrashTests.Total_CreateCutOffBeforeItsRowStood_DoesNotCountIt",
            "ListAfterCrashTests.Total_DeleteCutOffBeforeItsRowStood_CountsTheUserStill"),
    ];
}
