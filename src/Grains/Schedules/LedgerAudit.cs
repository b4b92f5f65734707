using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.Schedules;
using Stk.Ledger.Signing;
using Stk.Ledger.Verify;
using Stk.Rules.Runs;
using Stk.Storage;

namespace Stk.Grains.Schedules;

/// <summary>
/// Recomputes the ledger each night, from the last commit that was found sound, and whole on Sundays. By the host's clock:
/// what it looks for is a broken disk. It only reads the ledger, and its row says what it has found.
/// </summary>
internal sealed class LedgerAudit(
    AuditConnections database, WorkTable work, LedgerAuditTable audits, IOptions<SigningOptions> signing, TimeProvider host,
    ILocalSiloDetails silo, AuditMetrics metrics, ILogger<LedgerAudit> log)
{
    /// <summary>Audits where it is due, and says when the next one is; harmless at any time, and twice.</summary>
    public async Task Look()
    {
        var open = await work.FindOpen(DueKinds.Audit, CancellationToken.None);
        if (open is not null && open.Due > host.GetUtcNow())
        {
            return;
        }

        // Of nights that no silo has seen one audit makes up: it looks at what stands now.
        if (open is not null)
        {
            await Run(open);
        }

        var next = AuditTimetable.After(host.GetUtcNow());
        await work.Announce(DueKinds.Audit, Subject(next), next);
    }

    private async Task Run(WorkView open)
    {
        var watch = Stopwatch.GetTimestamp();
        await work.Begin(open.Kind, open.Subject, open.Due, host.GetUtcNow(), silo.Name);
        try
        {
            var (state, note) = await Verify(open.Subject);
            await work.End(
                open.Kind, open.Subject, state, host.GetUtcNow(), Stopwatch.GetElapsedTime(watch), note);
        }
        catch (Exception failure)
        {
            metrics.Count(AuditMetrics.Failed);
            await work.End(
                open.Kind, open.Subject, WorkState.Failed, host.GetUtcNow(), Stopwatch.GetElapsedTime(watch),
                $"{failure.GetType().Name}; it is tried again");
            throw;
        }
    }

    private async Task<(WorkState State, string Note)> Verify(string subject)
    {
        var now = host.GetUtcNow();
        var last = await audits.ReadLast(CancellationToken.None);
        var isWhole = AuditTimetable.IsWhole(
            last is null ? null : DateOnly.FromDateTime(last.At.UtcDateTime), DateOnly.FromDateTime(now.UtcDateTime));
        var from = isWhole ? null : last;
        var verifier = new LedgerVerifier(
            database.Source, EffectChecks.All,
            signing.Value.SigningPublicKeys is { } keys ? SigningPublicKeys.Read(keys) : null);
        var result = from is null
            ? await verifier.Run(CancellationToken.None)
            : await verifier.RunAfter(from.Sequence, from.Hash, CancellationToken.None);
        var head = result.Head;
        await audits.Insert(
            DateOnly.ParseExact(subject, "yyyy-MM-dd", CultureInfo.InvariantCulture), now, from?.Sequence ?? 0,
            Math.Max(head.Sequence, from?.Sequence ?? 0), head.Hash, result.Fault?.ToString());
        if (result.Fault is { } fault)
        {
            metrics.Count(AuditMetrics.Broken);
            var said = fault.ToString();
            Log.AuditBroken(log, said);
            return (WorkState.Broken, said);
        }

        metrics.Count(AuditMetrics.Sound);
        var looked = string.Create(
            CultureInfo.InvariantCulture, $"{result.Commits} commits, to {head}{(isWhole ? ", whole" : "")}");
        Log.AuditDone(log, looked);
        return (WorkState.Done, looked);
    }

    private static string Subject(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
