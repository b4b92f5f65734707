using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Sql;
using Stk.Ledger.Verify;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// Every warning and every line of a quarter from the seals, the journal, what operators have said, and the rule book: by
/// the rule that has made them, and queries of its own.
/// </summary>
internal sealed class RedistributionIsRecomputed : IInvariant
{
    private const string RunsSql = """
        SELECT run.quarter, run.days, run.sealed_to, book.document, run.began_at, run.rules_version,
            (SELECT count(*) FROM inactivity.parts part WHERE (part.quarter, part.days) = (run.quarter, run.days)),
            (SELECT coalesce(sum(people), 0)::integer FROM inactivity.parts part
                WHERE (part.quarter, part.days) = (run.quarter, run.days)),
            (SELECT coalesce(sum(amount_micro), 0)::bigint FROM inactivity.parts part
                WHERE (part.quarter, part.days) = (run.quarter, run.days)),
            coalesce(run.people, -1), coalesce(run.amount_micro, -1), run.done_at IS NOT NULL,
            EXISTS (
                SELECT FROM schedule.skips skip
                WHERE (skip.kind, skip.subject) = (
                    CASE run.days WHEN 0 THEN 'inactivity.run' ELSE 'inactivity.warn' END,
                    left(run.quarter::text, 4) || '-Q' || right(run.quarter::text, 1)
                        || CASE run.days WHEN 0 THEN '' ELSE '/' || run.days END))
        FROM inactivity.runs run LEFT JOIN economy.rule_books book ON book.version = run.rules_version
        ORDER BY run.quarter, run.days DESC
        """;

    // A version that was announced or taken back so shortly before a run began may not have been there yet.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    private const string BooksSql = """
        SELECT effective_from, document, announced_at, withdrawal.at
        FROM economy.rule_books LEFT JOIN economy.rule_book_withdrawals withdrawal USING (version) ORDER BY version
        """;

    private const string PartsSql = """
        WITH said AS (
            SELECT shard, amount_micro FROM inactivity.lines WHERE $2 = 0 AND quarter = $1 AND attempt = 1
            UNION ALL
            SELECT shard, amount_micro FROM inactivity.warnings WHERE $2 > 0 AND quarter = $1 AND days = $2)
        SELECT part.first_shard, part.people, part.amount_micro, count(said.shard)::integer,
            coalesce(sum(said.amount_micro), 0)::bigint
        FROM inactivity.parts part LEFT JOIN said ON said.shard >= part.first_shard AND said.shard < coalesce(
            (SELECT min(first_shard) FROM inactivity.parts next
                WHERE (next.quarter, next.days) = ($1, $2) AND next.first_shard > part.first_shard), 64)
        WHERE part.quarter = $1 AND part.days = $2 GROUP BY part.first_shard, part.people, part.amount_micro
        ORDER BY part.first_shard
        """;

    // attempt 0: a warning. cause 2: taken after an appeal was rejected.
    private const string RowsSql = $"""
        WITH said AS (
            SELECT participant, attempt, cause, shard, last_active, inactive_days, rate_bp, base_micro, base_sequence,
                amount_micro, outcome, exclusion, leaves_to, suspensions_to
            FROM inactivity.lines WHERE $2 = 0 AND quarter = $1
            UNION ALL
            SELECT participant, 0, 1::smallint, shard, last_active, inactive_days, rate_bp, base_micro, base_sequence,
                warning.amount_micro, 0::smallint, exclusion, run.leaves_to, run.suspensions_to
            FROM inactivity.warnings warning JOIN inactivity.runs run USING (quarter, days)
            WHERE $2 > 0 AND quarter = $1 AND days = $2),
        active AS (
            SELECT participant, max(day) AS day FROM weeks.seals
            WHERE week <= $3 AND counted > 0 AND participant IN (SELECT participant FROM said) GROUP BY participant)
        SELECT said.*, person.shard, coalesce(active.day, (person.registered_at AT TIME ZONE 'UTC')::date),
            CASE WHEN said.base_sequence = 0 THEN 0 ELSE (
                SELECT balance_after FROM ledger.postings posting
                WHERE posting.account_id = (
                        SELECT id FROM ledger.accounts
                        WHERE kind = {SqlAccounts.Available} AND owner = said.participant)
                    AND posting.sequence = said.base_sequence
                ORDER BY posting.position DESC, posting.line DESC LIMIT 1) END,
            coalesce((
                SELECT is_suspended FROM suspensions.changes change
                WHERE change.participant = said.participant AND number <= said.suspensions_to
                ORDER BY number DESC LIMIT 1), false),
            EXISTS (
                SELECT FROM inactivity.warnings warning
                WHERE warning.quarter = $1 AND warning.participant = said.participant),
            EXISTS (
                SELECT FROM inactivity.appeals appeal
                WHERE appeal.quarter = $1 AND appeal.participant = said.participant),
            (SELECT before.base_micro FROM inactivity.lines before
                WHERE before.quarter = $1 AND before.participant = said.participant
                    AND before.attempt < said.attempt
                ORDER BY before.attempt DESC LIMIT 1)
        FROM said
        LEFT JOIN activity.participants person ON person.number = said.participant
        LEFT JOIN active ON active.participant = said.participant
        ORDER BY said.participant, said.attempt
        """;

    private const string ExclusionsSql = """
        SELECT participant, at, uuid, coalesce(excluded, false) FROM activity.profile_changes
        WHERE excluded IS NOT NULL OR takes_back_exclusion ORDER BY participant, at, uuid
        """;

    private const string LeavesSql = """
        SELECT participant, first_day, last_day, number FROM inactivity.leaves ORDER BY participant, number
        """;

    public string Name => "I24";

    public string Statement =>
        "What a quarter says and takes is what seals, journal, leaves, warnings and the rule book give.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var books = await Books(snapshot, cancellation);
        var words = await Words(snapshot, cancellation);
        foreach (var run in await Runs(snapshot, cancellation))
        {
            var label = Label(run);
            var expected = books.IsEmpty ? [run.RulesVersion] : Versions(run, books);
            if (run.Rules is not { } rules || !expected.Contains(run.RulesVersion))
            {
                yield return new(
                    "inactivity.runs", label, $"version {expected[^1]} of the rule book", $"version {run.RulesVersion}");
                continue;
            }

            if (run.People >= 0 && (run.People, run.AmountMicro) != (run.PartPeople, run.PartMicro))
            {
                yield return new(
                    "inactivity.runs", label, $"{run.PartPeople} people, {run.PartMicro} micro, as its parts say",
                    $"{run.People} people, {run.AmountMicro} micro");
            }

            if (Skipped(run) is { } skipped)
            {
                yield return skipped;
            }

            foreach (var violation in await Parts(snapshot, run, cancellation))
            {
                yield return violation;
            }

            foreach (var said in await Rows(snapshot, run, cancellation))
            {
                foreach (var violation in Recompute(run, rules, said, words))
                {
                    yield return violation;
                }
            }
        }
    }

    // What is done and has looked at nobody was skipped by an operator, or was a warning that came too late.
    private static Violation? Skipped(CheckedRun run) => run switch
    {
        { IsSkipped: true, Parts: > 0 } => new("inactivity.runs", Label(run), "skipped", "people were assessed"),
        { IsSkipped: false, IsDone: true, Parts: 0 }
            when run.Days == 0 || InactivityTimetable.IsInTime(run.Quarter, run.BeganAt) =>
            new("inactivity.runs", Label(run), "people who were assessed, or an operator who has skipped it", "neither"),
        _ => null,
    };

    private static IEnumerable<Violation> Recompute(CheckedRun run, InactivityRules rules, SaidRow said, SaidWords words)
    {
        var table = said.Attempt == 0 ? "inactivity.warnings" : "inactivity.lines";
        var row = $"{Label(run)}, participant {said.Participant}" + (said.Attempt > 1 ? $", attempt {said.Attempt}" : "");
        var exclusions = words.Exclusions[said.Participant].ToList();
        var known = exclusions.FindLastIndex(change => change.Id == said.Exclusion);
        var border = exclusions.FindLastIndex(change => change.Word.At < run.SealedTo.End);
        if (known < border || (said.Exclusion is not null && known < 0))
        {
            yield return new(
                table, row, "the last change of their exclusion that was known",
                said.Exclusion?.ToString() ?? "none");
            yield break;
        }

        if (said.FoundShard is not { } shard || said.FoundLast is not { } last || said.FoundBase is not { } found)
        {
            yield return new(table, row, "a participant, and the commit that left so much available", "none");
            yield break;
        }

        var person = new InactivePerson(
            said.Participant, shard, last, new(found), said.BaseSequence,
            new(
                [.. exclusions.Take(known + 1).Select(change => change.Word)],
                [
                    .. words.Leaves[said.Participant].Where(leave => leave.Number <= said.LeavesTo)
                        .Select(leave => leave.Leave),
                ]),
            said.Exclusion, said.IsSuspended, said.IsWarned,
            HasAppealed: said.Outcome == (int)InactivityOutcome.Appealed && said.HasAppeal);
        var assessed = person.Assess(run.Quarter, rules);
        if (said.Cause == 2)
        {
            assessed = assessed with
            {
                // Of no more than was assessed before.
                Assessment = Assessment.Of(
                    assessed.Assessment.Days, Amount.Min(new(said.BaseBefore ?? 0), new(found)), rules),
            };
        }

        var expected = Shown(
            assessed.Person.Shard, assessed.LastActive, assessed.Assessment.Days, assessed.Assessment.RateBp,
            assessed.Assessment.Base.Micro,
            said.Attempt == 0 ? assessed.Assessment.Amount.Micro : assessed.Taken.Micro,
            said.Attempt == 0 ? Warned(run, assessed) : assessed.Standing.Outcome.WireName());
        var stored = Shown(
            said.Shard, said.LastActive, said.Days, said.RateBp, said.BaseMicro, said.AmountMicro,
            said.Attempt == 0 ? "warned"
            : Enum.IsDefined((InactivityOutcome)said.Outcome) ? ((InactivityOutcome)said.Outcome).WireName()
            : "no outcome");
        if (expected != stored)
        {
            yield return new(table, row, expected, stored);
        }
    }

    private static string Warned(CheckedRun run, AssessedPerson person) =>
        InactivityTimetable.IsInTime(run.Quarter, run.BeganAt) && person.IsAffected && person.Standing.IsToBeWarned
            ? "warned"
            : "not warned";

    private static string Shown(
        int shard, DateOnly lastActive, int days, int rateBp, long baseMicro, long amountMicro, string outcome) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"shard {shard}, last active {lastActive:yyyy-MM-dd}, {days} days, {rateBp} bp of {baseMicro} micro: {amountMicro}, {outcome}");

    private static string Label(CheckedRun run) => run.Days == 0
        ? run.Quarter.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{run.Quarter}, {run.Days} days before it");

    private static async Task<List<CheckedRun>> Runs(Snapshot snapshot, CancellationToken cancellation)
    {
        var runs = new List<CheckedRun>();
        await using var command = new NpgsqlCommand(RunsSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            runs.Add(new(
                QuarterId.OfNumber(row.GetInt32(0)), row.GetInt16(1), WeekId.OfNumber(row.GetInt32(2)),
                row.BytesOrNull(3) is { } document ? StoredRuleBooks.Read(document)?.Inactivity : null, row.Instant(4),
                row.GetInt32(5), row.GetInt64(6), row.GetInt32(7), row.GetInt64(8), row.GetInt32(9), row.GetInt64(10),
                row.GetBoolean(11), row.GetBoolean(12)));
        }

        return runs;
    }

    // Null where a book was altered so that it is none: that is another invariant's.
    // By which it may have gone: by what was announced, and not taken back, when it began.
    private static ImmutableArray<int> Versions(CheckedRun run, ImmutableArray<KnownBook> books)
    {
        DateTimeOffset[] moments = [run.BeganAt - Leeway, run.BeganAt];
        return
        [
            .. from announced in moments
               from withdrawn in moments
               let known = books.Where(one => one.Book.Version == 1
                   || (one.AnnouncedAt <= announced && !(one.WithdrawnAt <= withdrawn)))
               select InactivityTimetable.Book(run.Quarter, new(known.Select(one => (one.From, one.Book)))).Version,
        ];
    }

    // Empty where one cannot be read: another invariant names it.
    private static async Task<ImmutableArray<KnownBook>> Books(Snapshot snapshot, CancellationToken cancellation)
    {
        var books = ImmutableArray.CreateBuilder<KnownBook>();
        await using var command = new NpgsqlCommand(BooksSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (StoredRuleBooks.Read(row.GetFieldValue<byte[]>(1)) is not { } book)
            {
                return [];
            }

            books.Add(new(WeekId.OfNumber(row.GetInt32(0)), book, row.Instant(2), row.InstantOrNull(3)));
        }

        return books.Any(one => one.Book.Version == 1) ? books.ToImmutable() : [];
    }

    private static async Task<SaidWords> Words(Snapshot snapshot, CancellationToken cancellation)
    {
        var exclusions = new List<(long Participant, ExclusionWord Word, Guid Id)>();
        await using (var command = new NpgsqlCommand(ExclusionsSql, snapshot.Connection))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
            {
                exclusions.Add((row.GetInt64(0), new(row.Instant(1), row.GetBoolean(3)), row.GetGuid(2)));
            }
        }

        var leaves = new List<(long Participant, Leave Leave, int Number)>();
        await using (var command = new NpgsqlCommand(LeavesSql, snapshot.Connection))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
            {
                leaves.Add((
                    row.GetInt64(0),
                    new(row.GetFieldValue<DateOnly>(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateOnly>(2)),
                    row.GetInt32(3)));
            }
        }

        return new(
            exclusions.ToLookup(change => change.Participant, change => (change.Word, change.Id)),
            leaves.ToLookup(leave => leave.Participant, leave => (leave.Leave, leave.Number)));
    }

    private static async Task<List<Violation>> Parts(Snapshot snapshot, CheckedRun run, CancellationToken cancellation)
    {
        var violations = new List<Violation>();
        await using var command = new NpgsqlCommand(PartsSql, snapshot.Connection) { CommandTimeout = 0 }
            .With(run.Quarter.Number).With((short)run.Days);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var (people, micro) = (row.GetInt32(1), row.GetInt64(2));
            var (foundPeople, foundMicro) = (row.GetInt32(3), row.GetInt64(4));
            if ((people, micro) != (foundPeople, foundMicro))
            {
                violations.Add(new(
                    run.Days == 0 ? "inactivity.lines" : "inactivity.warnings",
                    $"{Label(run)}, shards from {row.GetInt16(0)} on", $"{people} people, {micro} micro",
                    $"{foundPeople} people, {foundMicro} micro"));
            }
        }

        return violations;
    }

    private static async Task<List<SaidRow>> Rows(Snapshot snapshot, CheckedRun run, CancellationToken cancellation)
    {
        var rows = new List<SaidRow>();
        await using var command = new NpgsqlCommand(RowsSql, snapshot.Connection) { CommandTimeout = 0 }
            .With(run.Quarter.Number).With((short)run.Days).With(run.SealedTo.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(new(
                row.GetInt64(0), row.GetInt32(1), row.GetInt16(2), row.GetInt16(3), row.GetFieldValue<DateOnly>(4),
                row.GetInt32(5), row.GetInt32(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt16(10),
                row.IdOrNull(11), row.GetInt32(12),
                await row.IsDBNullAsync(14, cancellation) ? null : row.GetInt16(14),
                await row.IsDBNullAsync(15, cancellation) ? null : row.GetFieldValue<DateOnly>(15), row.LongOrNull(16),
                row.GetBoolean(17), row.GetBoolean(18), row.GetBoolean(19), row.LongOrNull(20)));
        }

        return rows;
    }

    private sealed record KnownBook(
        WeekId From, RuleBook Book, DateTimeOffset AnnouncedAt, DateTimeOffset? WithdrawnAt);

    private sealed record CheckedRun(
        QuarterId Quarter, int Days, WeekId SealedTo, InactivityRules? Rules, DateTimeOffset BeganAt, int RulesVersion,
        long Parts, int PartPeople, long PartMicro, int People, long AmountMicro, bool IsDone, bool IsSkipped);

    private sealed record SaidRow(
        long Participant, int Attempt, int Cause, short Shard, DateOnly LastActive, int Days, int RateBp, long BaseMicro,
        long BaseSequence, long AmountMicro, int Outcome, Guid? Exclusion, int LeavesTo, short? FoundShard,
        DateOnly? FoundLast, long? FoundBase, bool IsSuspended, bool IsWarned, bool HasAppeal, long? BaseBefore);

    private sealed record SaidWords(
        ILookup<long, (ExclusionWord Word, Guid Id)> Exclusions, ILookup<long, (Leave Leave, int Number)> Leaves);
}
