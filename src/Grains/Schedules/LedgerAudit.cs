using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Stk.GrainInterfaces.Schedules;
using Stk.Ledger.Signing;
using Stk.Ledger.Verify;
using Stk.Rules.Runs;

namespace Stk.Grains.Schedules;

/// <summary>
/// Recomputes the ledger each night, from the last commit that was found sound, and whole on Sundays. By the host's clock:
/// what it looks for is a broken disk. It only reads the ledger, and its row says what it has found.
/// </summary>
internal sealed class LedgerAudit
{
    private readonly WorkTable _work;
    private readonly LedgerAuditTable _audits;
    private readonly LedgerVerifier _verifier;
    private readonly TimeProvider _host;
    private readonly ILocalSiloDetails _silo;
    private readonly ILogger<LedgerAudit> _log;
    private readonly Counter<long> _outcomes;

    public LedgerAudit(
        NpgsqlDataSource database, WorkTable work, LedgerAuditTable audits, IOptions<SigningOptions> signing,
        TimeProvider host, ILocalSiloDetails silo, IMeterFactory meters, ILogger<LedgerAudit> log)
    {
        _work = work;
        _audits = audits;
        _verifier = new(
            database, EffectChecks.All,
            signing.Value.SigningPublicKeys is { } keys ? SigningPublicKeys.Read(keys) : null);
        _host = host;
        _silo = silo;
        _log = log;
        _outcomes = meters.Create("stk.schedule").CreateCounter<long>("ledger.audits", unit: "{audit}");
    }

    /// <summary>Audits where it is due, and says when the next one is; harmless at any time, and twice.</summary>
    public async Task Look()
    {
        var open = await _work.FindOpen(DueKinds.Audit, CancellationToken.None);
        if (open is not null && open.Due > _host.GetUtcNow())
        {
            return;
        }

        // Of nights that no silo has seen one audit makes up: it looks at what stands now.
        if (open is not null)
        {
            await Run(open);
        }

        var next = AuditTimetable.After(_host.GetUtcNow());
        await _work.Announce(DueKinds.Audit, Subject(next), next);
    }

    private async Task Run(WorkView open)
    {
        var watch = Stopwatch.GetTimestamp();
        await _work.Begin(open.Kind, open.Subject, open.Due, _host.GetUtcNow(), _silo.Name);
        try
        {
            var (state, note) = await Verify(open.Subject);
            await _work.End(
                open.Kind, open.Subject, state, _host.GetUtcNow(), Stopwatch.GetElapsedTime(watch), note);
        }
        catch (Exception failure)
        {
            Count("failed");
            await _work.End(
                open.Kind, open.Subject, WorkState.Failed, _host.GetUtcNow(), Stopwatch.GetElapsedTime(watch),
                $"{failure.GetType().Name}; it is tried again");
            throw;
        }
    }

    private async Task<(WorkState State, string Note)> Verify(string subject)
    {
        var now = _host.GetUtcNow();
        var last = await _audits.ReadLast(CancellationToken.None);
        var isWhole = AuditTimetable.IsWhole(
            last is null ? null : DateOnly.FromDateTime(last.At.UtcDateTime), DateOnly.FromDateTime(now.UtcDateTime));
        var from = isWhole ? null : last;
        var result = from is null
            ? await _verifier.Run(CancellationToken.None)
            : await _verifier.RunAfter(from.Sequence, from.Hash, CancellationToken.None);
        var head = result.Head;
        await _audits.Insert(
            DateOnly.ParseExact(subject, "yyyy-MM-dd", CultureInfo.InvariantCulture), now, from?.Sequence ?? 0,
            Math.Max(head.Sequence, from?.Sequence ?? 0), head.Hash, result.Fault?.ToString());
        if (result.Fault is { } fault)
        {
            Count("broken");
            var said = fault.ToString();
            Log.AuditBroken(_log, said);
            return (WorkState.Broken, said);
        }

        Count("sound");
        var looked = string.Create(
            CultureInfo.InvariantCulture, $"{result.Commits} commits, to {head}{(isWhole ? ", whole" : "")}");
        Log.AuditDone(_log, looked);
        return (WorkState.Done, looked);
    }

    private void Count(string outcome) => _outcomes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private static string Subject(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
