using System.Diagnostics;
using System.Globalization;
using System.Text;
using Stk.Cli.Replay;
using Stk.Client;
using Stk.Client.Services;
using Stk.Client.Spending;

namespace Stk.Cli.Demo;

/// <summary>Carries a plan out, step by step, each with its key.</summary>
/// <param name="clients">By role and subject.</param>
/// <param name="replays">Where the replays of the weeks keep their progress.</param>
/// <param name="output">A line a week.</param>
internal sealed class DemoRun(
    DemoPlan plan, DemoProgress progress, Func<string, string, TokenomicsClient> clients, string replays, TextWriter output,
    TimeProvider time)
{
    /// <summary>The source of the events.</summary>
    public const string Source = "demo";

    private readonly TokenomicsClient _operations = clients("operator", plan.Community.Operators[0]);

    /// <returns>False where the economy holds something else: it is left as it is.</returns>
    public async Task<bool> Run(CancellationToken cancellation)
    {
        var totals = await _operations.Statistics.GetTotals(cancellation);
        var isEmpty = totals is { Weeks: 0, Participants: 0, Sources.IsEmpty: true };
        var kept = progress.Read();
        if (!isEmpty && kept is null)
        {
            return false;
        }

        // An economy that was made anew beside a progress that was not knows nothing of it; one that was restored knows
        // less, and each step can be asked again: it has its key.
        var isBehind = kept is { } before && totals.HeadSequence < before.Head;
        if (isBehind)
        {
            await output.WriteLineAsync(
                "The economy has less than the demo had made of it: it was restored or made anew, and the demo goes through it again.");
        }

        var done = isEmpty || isBehind ? 0 : kept?.Done ?? 0;
        var head = totals.HeadSequence;
        progress.Write(done, head);
        for (; done < plan.Steps.Length; done++)
        {
            await Do(done, cancellation);
            progress.Write(done + 1, head);
        }

        progress.Write(done, (await _operations.Statistics.GetTotals(cancellation)).HeadSequence);
        return true;
    }

    private async Task Do(int place, CancellationToken cancellation)
    {
        var key = plan.KeyOf(place);
        switch (plan.Steps[place])
        {
            case DemoStep.LiveWeek week:
                await Live(week, cancellation);
                break;
            case DemoStep.MoveClock move:
                // Later already: the step was done, and its answer lost.
                await _operations.Clock.Move(move.To, null, cancellation);
                break;
            case DemoStep.SetLevel level:
                await _operations.Participants.Set(level.Participant, level.Level, null, level.Reason, key, cancellation);
                break;
            case DemoStep.PutService put:
                await _operations.Services.Put(put.Service, put.Draft, null, key, cancellation);
                break;
            case DemoStep.ProposeService proposal:
                await Propose(proposal, key, cancellation);
                break;
            case DemoStep.AdmitService admission:
                // Asked once more with its key, the proposal says its version: another one is not admitted.
                var proposed = (DemoStep.ProposeService)plan.Steps[admission.Proposal];
                var service = await Propose(proposed, plan.KeyOf(admission.Proposal), cancellation);
                await _operations.Services.Admit(proposed.Service, service.Version, admission.Reason, key, cancellation);
                break;
            case DemoStep.Send send:
                await Of(send.From).Spending.Transfer(send.To, send.Amount, send.Note, key, cancellation);
                break;
            case DemoStep.Buy buy:
                await Buy(buy, key, cancellation);
                break;
            case DemoStep.TakeBack back:
                // Asked once more with its key, the purchase says its id and is not made again.
                var purchase = await Buy((DemoStep.Buy)plan.Steps[back.Purchase], plan.KeyOf(back.Purchase), cancellation);
                await _operations.Spending.Refund(purchase.Id, back.Reason, key, cancellation);
                break;
            case DemoStep.Spend spend:
                await _operations.Treasury.Spend(spend.Order, key, cancellation);
                break;
            case DemoStep.Approve approval:
                var order = ((DemoStep.Spend)plan.Steps[approval.Spending]).Order;
                var waiting = await _operations.Treasury.Spend(order, plan.KeyOf(approval.Spending), cancellation);
                await clients("operator", plan.Community.Operators[1]).Treasury
                    .Approve(waiting.Id, approval.Reason, key, cancellation);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task Live(DemoStep.LiveWeek week, CancellationToken cancellation)
    {
        var lines = week.Events
            .Select((line, number) => new EventLine("demo", number + 1, Encoding.UTF8.GetBytes(line))).ToList();
        var replay = ReplayPlan.Of(lines, cancellation: cancellation);
        var run = new ReplayRun(
            clients("ingest", Source), _operations, replay, lines, new(replays, replay.Fingerprint),
            new(replay, TextWriter.Null, isTerminal: false, time), Source, "of the demo");
        await run.Run(cancellation);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{week.Week}: {week.Events.Length} events, closed and paid."));
    }

    private Task<Service> Propose(DemoStep.ProposeService proposal, string key, CancellationToken cancellation) =>
        Of(proposal.Provider).Services.Propose(proposal.Service, proposal.Draft, null, key, cancellation);

    private Task<Purchase> Buy(DemoStep.Buy buy, string key, CancellationToken cancellation) =>
        Of(buy.Buyer).Spending.Buy(buy.Service, new PurchaseOrder(buy.Recipients, buy.Price), key, cancellation);

    private TokenomicsClient Of(string participant) => clients("participant", participant);
}
