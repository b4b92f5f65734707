using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.Grains.Approvals;
using Stk.Grains.Payouts;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Time;
using Stk.Settlement.Plans;
using RefillPlan = Stk.Grains.Requests.RequestPlan<System.Guid, bool>;

namespace Stk.Grains.ChainActs;

/// <summary>Asks for a refill where payouts lack the float. An operator approves it, and the vault's key signs it.</summary>
internal sealed class RefillAsking(
    AskedActTable asked, ActBounds bounds, ApprovalDesk desk, KeyedWrites writes, IClock clock, ILogger<RefillAsking> log)
{
    // As the desk and the log name whoever asks: no operator, so that any operator can approve it.
    private static readonly ActingPerson Settlement =
        new("settlement", "settlement", 0, IsConfirmed: true, ImmutableHashSet<string>.Empty);

    private static readonly TimeSpan AfterRejection = TimeSpan.FromDays(1);

    /// <summary>Once, whoever asks at the same time.</summary>
    public async Task Ask(Amount lacking, CancellationToken cancellation)
    {
        try
        {
            if (await writes.Change(null, () => Plan(lacking, cancellation), cancellation)
                is RequestAnswer<Guid, bool>.Done(var act, _))
            {
                Log.RefillAsked(log, act, lacking);
            }
        }
        catch (PostgresException other) when (KeyedWrites.IsConflict(other))
        {
            // Another has asked at once.
        }
    }

    private async Task<RefillPlan> Plan(Amount lacking, CancellationToken cancellation)
    {
        var now = clock.Now;
        if (await asked.FindRefill(now, now - AfterRejection, cancellation) is not null
            || await bounds.Refillable(lacking, cancellation) is not { } amount)
        {
            return new RefillPlan.Refuse(false);
        }

        var number = await asked.CountRefills(cancellation);
        var act = new AskedChainAct(
            CauseId.Of("refill", "run", number.ToString(CultureInfo.InvariantCulture)), ActKind.Refill, amount, null);
        var waits = new AskedAct(
            act.Id, ChainActApproval.KindName, Settlement, act.Id.ToString(), new NamedAct("refill", amount, null),
            $"payouts wait for the float, which lacks {lacking} STK");
        var (waiting, entry) = await desk.Waiting(waits, cancellation);
        return new RefillPlan.Write(
            act.Id, entry, ApprovalTable.Insert(waits, waiting), AskedActTable.Insert(act, waiting.AskedAt));
    }
}
