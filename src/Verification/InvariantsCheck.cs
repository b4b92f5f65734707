using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Ledger.Verify;

namespace Stk.Verification;

/// <summary>All invariants at one moment, a few beside each other. Needs no more than SELECT, and holds nobody up.</summary>
public sealed class InvariantsCheck
{
    /// <summary>Most violations shown of one invariant: the rest is as its first.</summary>
    public const int ViolationsMax = 20;

    private static readonly int Lanes = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly NpgsqlDataSource _database;
    private readonly SharedVerification _verification;

    /// <param name="published">A head published earlier: it must still be in the journal.</param>
    /// <param name="log">What clients were answered; null where nobody wrote it down.</param>
    /// <param name="keys">By which signatures are checked; null where they are not looked at.</param>
    /// <param name="isHarness">
    /// A harness that breaks things has posted too; in an economy of people that is a violation.
    /// </param>
    public InvariantsCheck(
        NpgsqlDataSource database, (long Sequence, Digest Hash)? published = null, ClientLog? log = null,
        SigningPublicKeys? keys = null, bool isHarness = false)
    {
        _database = database;
        _verification = new(new LedgerVerifier(database, EffectChecks.All, keys), published);
        Invariants =
        [
            new SumIsZero(),
            new NoneBelowZero(),
            new BalancesAreTheirPostings(_verification),
            new JournalIsWhole(_verification),
            new IssuedWithinSchedule(),
            .. log is null ? [] : (IInvariant[])[new AcknowledgedIsThere(log), new RefusedIsAbsent(log)],
            new OneCauseOneTransaction(),
            .. log is null ? [] : (IInvariant[])[new AcknowledgedEventsAreThere(log)],
            new SealsHoldTheirEvents(),
            new PaidAndLeftIsReserved(),
            new StatementsAreRecomputed(database),
            new MeasuresAreRecomputed(),
            new OneIdOneAnswer(),
            new RequestsHaveOneAnswer(),
            new DueWorkIsDoneInOrder(),
            new EffectsStandWithTransactions(_verification),
            new WeekEffectsSayWhatMoved(),
            new TransactionsAreExplained(isHarness),
            new SpendingSaysWhatMoved(isHarness),
            new AuditLogIsWhole(keys),
            new LogAndTablesAgree(),
            new PurchasesAreWhole(),
            new UsesAreCounted(),
            new RedistributionIsRecomputed(),
            new RedistributionIsPostedOnce(),
            new NoticesTellWhatWasDone(),
            new NothingLeavesTheSuspended(),
            new EvidenceIsBesideItsEvent(),
            new GrantsAreDecidedByTheirEvents(database),
            new DecisionsArePaidOutOnce(),
            new CorrectionsSayWhatMoved(),
            new RenewalsFollowTheirMonths(),
            new WalletsAreProved(),
            new PayoutsLandOnce(),
            new SettlingIsOpenPayouts(),
            new AttemptsFollowEvidence(),
            new PayoutsGoToRipeWallets(),
            new RefusedPayoutsWait(),
            new SettlementIsSteeredByTwo(),
            new DepositsAreTheirTransactions(),
            new ChainHoldsWhatLeft(),
            new ReturnsGoBackOnce(),
            new ActsAreTheLedgers(),
            new MirrorsStandWithEvents(),
            new WatermarksStandOnReads(),
            new PulledEventsAreThere(),
            new WeeksAreToldOnce(),
            new SuspensionsAreToldOnce(),
            new WorkRowsSayWhatWasDone(),
            new SealedDaysAreWithinBudgets(),
            new VoidsAreTwoPersons(),
            new WeeksAreReconciled(),
            new MergesAreWhole(),
            new LinksAreFlat(),
            new AnchorsHoldTheirStatements(),
            .. keys is null ? [] : (IInvariant[])[new CommitsAreSigned(_verification)],
        ];
    }

    /// <summary>In the order they are looked at.</summary>
    public ImmutableArray<IInvariant> Invariants { get; }

    /// <summary>What the walk through the journal counted; null before it.</summary>
    public VerifyResult? Journal => _verification.Result;

    /// <summary>What no invariant forbids; at most <see cref="ViolationsMax"/> are kept, the rest is counted.</summary>
    public async Task<(ImmutableArray<Warning> First, int Count)> Warn(CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.Take(_database, cancellation);
        var first = ImmutableArray.CreateBuilder<Warning>();
        var count = 0;
        await foreach (var warning in NamesFromBefore.Read(snapshot, cancellation))
        {
            if (count++ < ViolationsMax)
            {
                first.Add(warning);
            }
        }

        return (first.ToImmutable(), count);
    }

    /// <summary>A finding an invariant, in their order, all of one moment.</summary>
    public async IAsyncEnumerable<Finding> Run([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.Take(_database, cancellation);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var findings = Invariants.ToDictionary(invariant => invariant, _ => new TaskCompletionSource<Finding>());
        var work = CheckAll(snapshot, findings, ended.Token);
        try
        {
            foreach (var invariant in Invariants)
            {
                // Where one could not be looked at, there may be no finding of this one.
                await Task.WhenAny(findings[invariant].Task, work);
                if (!findings[invariant].Task.IsCompleted)
                {
                    await work;
                }

                yield return await findings[invariant].Task;
            }
        }
        finally
        {
            await ended.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The walk through the journal is the longest, and what stands on it would wait for it: it begins, they end.
    private Task CheckAll(
        Snapshot snapshot, Dictionary<IInvariant, TaskCompletionSource<Finding>> findings, CancellationToken cancellation)
    {
        var walked = Invariants.Where(invariant => invariant is VerifiedInvariant).ToArray();
        return Parallel.ForEachAsync(
            walked.Take(1).Concat(Invariants.Except(walked)).Concat(walked.Skip(1)),
            new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellation },
            async (invariant, cancelled) =>
            {
                await using var beside = await snapshot.Beside(cancelled);
                findings[invariant].SetResult(new(
                    invariant,
                    [.. await invariant.Check(beside, cancelled).Take(ViolationsMax).ToListAsync(cancelled)]));
            });
    }
}

/// <param name="Violations">Empty where it holds; at most <see cref="InvariantsCheck.ViolationsMax"/>.</param>
public sealed record Finding(IInvariant Invariant, ImmutableArray<Violation> Violations)
{
    public bool Holds => Violations.IsEmpty;

    public override string ToString() => Holds
        ? $"{Invariant.Name,-3}  holds   {Invariant.Statement}"
        : $"{Invariant.Name,-3}  BROKEN  {Invariant.Statement}";
}
