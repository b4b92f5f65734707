using System.Collections.Frozen;

namespace Stk.Rules.Runs;

/// <summary>Kinds of due work, as they are stored and shown: for ever.</summary>
public static class DueKinds
{
    public const string Emission = "emission";
    public const string WeekAggregate = "week.aggregate";
    public const string WeekScore = "week.score";
    public const string WeekReport = "week.report";
    public const string WeekSettle = "week.settle";
    public const string WeekNotify = "week.notify";
    public const string Vesting = "vesting";
    public const string InactivityRun = "inactivity.run";
    public const string InactivityWarning = "inactivity.warn";

    public const string Renewals = "renewals";

    /// <summary>Of the ledger, each night. By the host's clock: it looks for a broken disk.</summary>
    public const string Audit = "audit";

    public static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
        [
            Emission, WeekAggregate, WeekScore, WeekReport, WeekSettle, WeekNotify, Vesting, InactivityRun,
            InactivityWarning, Renewals, Audit,
        ],
        StringComparer.Ordinal);

    /// <summary>What an operator may skip, with a reason.</summary>
    public static readonly FrozenSet<string> Skippable =
        FrozenSet.ToFrozenSet([InactivityRun, InactivityWarning, WeekNotify, Renewals], StringComparer.Ordinal);

    public static string Of(WeekStage stage) => $"week.{stage.WireName()}";
}
