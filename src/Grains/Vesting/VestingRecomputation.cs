using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.RuleBooks;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>
/// Decides every weekly grant again, from events, evidence, statements and the rule book of its week: what is stored of its
/// decision is held against the result. Needs the database and no cluster.
/// </summary>
public sealed class VestingRecomputation(NpgsqlDataSource database)
{
    private const int PageSize = 1_000;

    private const string DecisionsSql = """
        SELECT granted.participant, granted.shard, granted.vests_days, granted.amount_micro, granted.unlocks_on,
            granted.week, granted.type, NULL::uuid, NULL::smallint,
            decision.transaction_id, decision.released_micro, decision.cancelled_micro, decision.reason,
            decision.decided_on, decision.settled_to
        FROM vesting.decisions decision JOIN weeks.grants granted USING (participant, week, type, vests_days)
        WHERE decision.transaction_id > $1 ORDER BY decision.transaction_id LIMIT $2
        """;

    // Of those whose day has come by the last run.
    private const string WaitingSql = """
        SELECT granted.participant, granted.week, granted.type, granted.vests_days, granted.unlocks_on,
            progress.decided_to, run.rules_version
        FROM vesting.progress progress
        JOIN weeks.grants granted ON granted.decided_on IS NULL AND granted.unlocks_on <= progress.decided_to
        JOIN weeks.runs run ON run.week = granted.week
        """;

    private readonly RuleBookTable _ruleBooks = new(database);

    /// <summary>What does not fit.</summary>
    /// <param name="connection">Inside a snapshot.</param>
    public async IAsyncEnumerable<VestingDifference> Run(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = Guid.Empty;
        while (true)
        {
            var page = await ReadPage(connection, after, cancellation);
            foreach (var difference in await Compare(connection, page, cancellation))
            {
                yield return difference;
            }

            if (page.Count < PageSize)
            {
                break;
            }

            after = page[^1].Id;
        }

        foreach (var overdue in await Overdue(connection, cancellation))
        {
            yield return overdue;
        }
    }

    private async Task<IReadOnlyList<VestingDifference>> Compare(
        NpgsqlConnection connection, IReadOnlyList<StoredDecision> page, CancellationToken cancellation)
    {
        var reading = new GrantReading(_ruleBooks);
        try
        {
            var verdicts = await DecisionTable.ReadVerdicts(
                connection, page.Column(stored => stored.Id), cancellation);
            var judged = await reading.Judge(
                connection, [.. page.Select(stored => new AskedGrant(stored.Grant, stored.SettledTo))], cancellation);
            return
            [
                .. page.Zip(judged)
                    .Select(pair => Compare(pair.First, [.. verdicts[pair.First.Id]], pair.Second))
                    .OfType<VestingDifference>(),
            ];
        }
        catch (InvalidDataException altered) when (page is [var one])
        {
            return [Found(one, "what its events give", altered.Message)];
        }
        catch (InvalidDataException)
        {
            // One of them: each is looked at alone.
            var differences = new List<VestingDifference>();
            foreach (var stored in page)
            {
                differences.AddRange(await Compare(connection, [stored], cancellation));
            }

            return differences;
        }
    }

    private static VestingDifference? Compare(
        StoredDecision stored, ImmutableArray<VerdictRow> verdicts, JudgedGrant judged)
    {
        if (judged.Events.IsEmpty)
        {
            return Found(stored, "counted events that it stands on", "none");
        }

        if (stored.Id != stored.Grant.DecisionId)
        {
            return Found(stored, $"transaction {stored.Grant.DecisionId}, of its cause", $"{stored.Id}");
        }

        if (Decide(stored, judged) is not { } decision)
        {
            return Found(stored, "open: it waits", $"decided on {stored.DecidedOn:yyyy-MM-dd}");
        }

        var made = MadeDecision.Of(judged, decision);
        if ((made.Decided.Released, made.Decided.Cancelled, made.Reason)
            != (stored.Released, stored.Cancelled, stored.Reason))
        {
            return Found(
                stored, Words(made.Decided.Released, made.Decided.Cancelled, made.Reason),
                Words(stored.Released, stored.Cancelled, stored.Reason));
        }

        return made.Verdicts.SequenceEqual(verdicts)
            ? null
            : new(
                "vesting.verdicts", $"decision {stored.Id}", string.Join("; ", made.Verdicts.Select(Words)),
                string.Join("; ", verdicts.Select(Words)));
    }

    // Null where it was not to be decided on that day.
    private static GrantDecision? Decide(StoredDecision stored, JudgedGrant judged)
    {
        var grant = stored.Grant;
        if (stored.Reason != DecisionReason.Operator)
        {
            return GrantDecision.On(stored.DecidedOn, grant.Amount, grant.UnlocksOn, judged.Events, judged.Condition);
        }

        var verdict = stored.Released > Amount.Zero ? Verdict.Release : Verdict.Cancel;
        return GrantDecision.OperatorMay(verdict, grant.UnlocksOn, stored.DecidedOn)
            ? GrantDecision.ByOperator(grant.Amount, judged.Events, verdict)
            : null;
    }

    private async Task<IReadOnlyList<VestingDifference>> Overdue(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var waiting = new List<(string Row, string Type, DateOnly UnlocksOn, DateOnly DecidedTo, int Rules)>();
        await using (var command = new NpgsqlCommand(WaitingSql, connection) { CommandTimeout = 0 })
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                waiting.Add((
                    FormattableString.Invariant(
                        $"participant {row.GetInt64(0)}, week {row.GetInt32(1)}, {row.GetString(2)}, {row.GetInt16(3)} days"),
                    row.GetString(2), row.GetFieldValue<DateOnly>(4), row.GetFieldValue<DateOnly>(5), row.GetInt32(6)));
            }
        }

        var overdue = new List<VestingDifference>();
        foreach (var one in waiting)
        {
            if (await ReadBook(one.Rules, cancellation) is { } book
                && GrantDecision.DecidesBy(one.UnlocksOn, book.Vesting.Of(one.Type)) <= one.DecidedTo)
            {
                overdue.Add(new(
                    "weeks.grants", one.Row, $"decided: the run of {one.DecidedTo:yyyy-MM-dd} is done", "open"));
            }
        }

        return overdue;
    }

    // Null where it was altered: another invariant says so.
    private async Task<RuleBook?> ReadBook(int version, CancellationToken cancellation)
    {
        try
        {
            return await _ruleBooks.ReadVersion(version, cancellation);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<StoredDecision>> ReadPage(
        NpgsqlConnection connection, Guid after, CancellationToken cancellation)
    {
        var page = new List<StoredDecision>();
        await using var command = new NpgsqlCommand(DecisionsSql, connection) { CommandTimeout = 0 }
            .With(after).With(PageSize);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            page.Add(new(
                row.GetGuid(9), GrantTable.Read(row), new(row.GetInt64(10)), new(row.GetInt64(11)),
                (DecisionReason)row.GetInt16(12), row.GetFieldValue<DateOnly>(13),
                row.IntOrNull(14) is { } week ? WeekId.OfNumber(week) : null));
        }

        return page;
    }

    private static VestingDifference Found(StoredDecision stored, string expected, string found) =>
        new("vesting.decisions", $"decision {stored.Id}", expected, found);

    private static string Words(Amount released, Amount cancelled, DecisionReason reason) =>
        $"{released} STK released, {cancelled} cancelled, {reason}";

    private static string Words(VerdictRow row) => $"{row.Uuid}: {row.Verdict}, {row.Cause}, {row.Amount}, {row.Evidence}";

    private sealed record StoredDecision(
        Guid Id, StoredGrant Grant, Amount Released, Amount Cancelled, DecisionReason Reason, DateOnly DecidedOn,
        WeekId? SettledTo);
}
