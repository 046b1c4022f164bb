namespace Grains.Tests.Faults;

/// <summary>What happens to one write of a scenario.</summary>
public enum FaultKind
{
    Fails,
    AppliedThenFails,
    CrashBefore,
    CrashAfter,

    /// <summary>It takes longer than its grain waits, and lands when the grain has looked and not found it.</summary>
    TimesOutAndLandsAfterTheLook,

    /// <summary>It takes longer than its grain waits, and lands when the next write of that row is about to be made.</summary>
    TimesOutAndLandsBeforeTheNextWrite,

    /// <summary>It takes longer than its grain waits, and lands when the retry has had its answer.</summary>
    TimesOutAndLandsAfterTheRetry,

    /// <summary>It takes longer than anyone waits: every call that waits for it ends by its time-out, and so may the retry.</summary>
    OutlastsTheCalls,

    /// <summary>It waits until another activation has been asked the same and has answered.</summary>
    TwinAnswersFirst,

    /// <summary>It is done, and its grain hears of it when another activation has been asked the same and has answered.</summary>
    TwinAnswersBeforeItIsTold,
}
