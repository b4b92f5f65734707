namespace Stk.Simulation.Mistakes;

/// <summary>
/// Wrong versions of what is tested, one thing wrong in each, to check the checker. They live here, around the real
/// writer: nothing in production knows of them.
/// </summary>
internal enum Mistake
{
    None,

    // The group commit.
    SelectInsteadOfPostingAgain,
    UnknownToldAsFailed,
    FatalTakenForCutOff,
    SwallowedCommitError,

    // The book's session.
    NoHeadLock,
    NoHeadLockAndNoRowCount,
    BalancesOfBeforeTheWait,
    BalancesOfBeforeTheWaitAndNoRowCount,
    RefusalsKeptAsAccepted,
    RefusalsNotKept,
    KnownIdsFromMemory,
    BalancesFromMemory,
    EffectsAfterTheCommit,
    SequenceFromACounter,

    // The machine.
    RepeatAfterFunds,
    ContentNotCompared,
    NoBreaker,
    RefusalLeavesItsFirstLines,

    // Those who post.
    NewIdForARetry,
    WeekReturnByRun,

    // Intake and seal.
    UuidKnownWithoutSource,
    SealWithoutRowLock,
    IntakeWithoutRowLock,
    SealedWeeksFromMemory,
    IntakeRowCountNotChecked,
    SealReadBeforeItIsMarked,
    AnsweredBeforeCommit,
    RetractionLocksItsOwnWeekOnly,

    // Frozen rewards.
    PaidFromFreshEvidence,
    ReleasedByRun,
    EvidenceWithoutBorder,
    RunWithoutBorder,

    // Redistribution from the inactive.
    ChargedBesideAnAppeal,
    DebitOfBeforeTheSpending,
    WarningsDropped,
    RestoredByRun,
    IdOfADecisionIsUsedUp,
    IdOfARestorationIsUsedUp,
    ToldBehindTheCommit,
    SkippedAfterALook,

    // Settlement on the chain.
    StatusesBeforeHeightAndOneLook,
    RecentStatusesOnly,
    SentBeforeStored,
    SignedAnewOnAlreadyProcessed,
    SignedAnewOnATimeOut,
    OneNodesWord,
    HeightOfAnotherNode,
    HeightOfAnotherBlockhash,
    MissingErrorReadAsSuccess,
    ConfirmedTakenForFinal,
    BalancesForTotals,
    ReferenceOfAStranger,
    EpochNotChecked,
    FailedBatchPlannedWhole,
    ReturnedAndPlannedAgain,
    ResolvedWithoutALook,
    PayoutInTwoBatches,
    SignersFileFlushedLater,
    CursorBeforeItsPosting,
    RefillCredited,
    RefusedWhileItMayLand,
}
