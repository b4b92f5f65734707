using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Money;
using Stk.Rules.Renewals;
using Stk.Storage.Sql;

namespace Stk.Grains.Renewals;

/// <summary>
/// Tables <c>spending.renewal_choices</c>, <c>renewal_attempts</c> and <c>renewal_progress</c>. What a transaction says is
/// written by its effects; all other SQL that touches them is here.
/// </summary>
internal sealed class RenewalTable(NpgsqlDataSource database)
{
    // Of what was bought, or of any month that has followed it.
    private const string FindSql = """
        SELECT first.id, first.participant, first.service, first.begins_at, first.months, last.id,
            coalesce(last.number, 0), last.ends_at, last.ended_at IS NOT NULL, purchase.price_micro, choice.max_price_micro
        FROM spending.entitlements asked
        JOIN spending.entitlements first ON first.id = coalesce(asked.first, asked.id)
        CROSS JOIN LATERAL (
            SELECT * FROM (
                SELECT id, number, ends_at, ended_at FROM spending.entitlements WHERE id = first.id
                UNION ALL
                SELECT id, number, ends_at, ended_at FROM spending.entitlements WHERE entitlements.first = first.id) AS month
            ORDER BY coalesce(number, 0) DESC LIMIT 1) AS last
        JOIN spending.purchases purchase ON purchase.id = last.id
        LEFT JOIN LATERAL (
            SELECT max_price_micro FROM spending.renewal_choices WHERE entitlement = first.id
            ORDER BY number DESC LIMIT 1) AS choice ON true
        WHERE asked.id = $1
        """;

    private const string HasAttemptSql = """
        SELECT EXISTS (
            SELECT FROM spending.renewal_attempts WHERE entitlement = $1 AND number = $2 AND attempt = $3)
        """;

    // Those whose time ends in these days, the last months of each. Whoever was erased has no actor: what is theirs ends.
    private const string DueSql = """
        SELECT first.id, participant.id
        FROM spending.entitlements last
        JOIN spending.entitlements first ON first.id = coalesce(last.first, last.id)
        JOIN activity.participants participant ON participant.number = last.participant
        CROSS JOIN LATERAL (
            SELECT is_on FROM spending.renewal_choices WHERE entitlement = first.id ORDER BY number DESC LIMIT 1) AS choice
        WHERE last.months IS NOT NULL AND last.ended_at IS NULL AND last.ends_at >= $1 AND last.ends_at < $2
            AND choice.is_on AND first.id > $3
        ORDER BY first.id LIMIT $4
        """;

    private const string InsertSql = """
        INSERT INTO spending.renewal_attempts (
            entitlement, number, attempt, outcome, price_micro, missing_micro, at, transaction_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string ChooseSql = """
        INSERT INTO spending.renewal_choices (entitlement, is_on, max_price_micro, at) VALUES ($1, $2, $3, $4)
        """;

    private const string LastSql = "SELECT done_to FROM spending.renewal_progress";

    private const string ProgressSql = """
        INSERT INTO spending.renewal_progress AS progress (done_to) VALUES ($1)
        ON CONFLICT (one) DO UPDATE SET done_to = greatest(progress.done_to, excluded.done_to)
        """;

    /// <summary>The command that stores an attempt. It fails where there is one.</summary>
    /// <param name="transaction">Of what was paid; else null.</param>
    public static NpgsqlBatchCommand Insert(RenewalAttempt attempt, DateTimeOffset at, Guid? transaction) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(attempt.First).With(attempt.Number).With((short)attempt.Attempt).With((short)attempt.Outcome)
            .With(attempt.Price.Micro).WithNullable(attempt.Missing?.Micro, NpgsqlDbType.Bigint).With(at.UtcDateTime)
            .WithNullable(transaction, NpgsqlDbType.Uuid);

    /// <summary>Null where there is no entitlement of this id.</summary>
    public async Task<StoredRenewal?> Find(Guid entitlement, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(entitlement);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.Instant(3), row.IntOrNull(4), row.GetGuid(5),
                row.GetInt32(6), row.InstantOrNull(7), row.GetBoolean(8), new(row.GetInt64(9)),
                row.LongOrNull(10) is { } micro ? new Amount(micro) : null)
            : null;
    }

    public async Task<bool> HasAttempt(Guid first, int number, int attempt, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(HasAttemptSql).With(first).With(number).With((short)attempt);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>What a day's run looks at, by id.</summary>
    /// <param name="after">The last one that was read; empty for the first page.</param>
    public async Task<ImmutableArray<(Guid First, string Participant)>> ReadDue(
        DateOnly day, Guid after, int limit, CancellationToken cancellation)
    {
        var (from, below) = RenewalTimetable.EndsOf(day);
        var due = ImmutableArray.CreateBuilder<(Guid, string)>();
        await using var command = database.CreateCommand(DueSql)
            .With(from.UtcDateTime).With(below.UtcDateTime).With(after).With(limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            due.Add((row.GetGuid(0), row.GetString(1)));
        }

        return due.ToImmutable();
    }

    /// <param name="maxPrice">Null where it is not to be renewed.</param>
    public async Task Choose(Guid first, Amount? maxPrice, DateTimeOffset at)
    {
        await using var command = database.CreateCommand(ChooseSql)
            .With(first).With(maxPrice is not null).WithNullable(maxPrice?.Micro, NpgsqlDbType.Bigint).With(at.UtcDateTime);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The last day whose run is done; null before the first.</summary>
    public async Task<DateOnly?> ReadLast(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LastSql);
        return await command.ExecuteScalarAsync(cancellation) is DateOnly last ? last : null;
    }

    /// <summary>The command that makes a day done without renewing anything.</summary>
    public static NpgsqlBatchCommand Skip(DateOnly day) => new NpgsqlBatchCommand(ProgressSql).With(day);

    public async Task SetLast(DateOnly day, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ProgressSql).With(day);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>What was bought for months, and how far it was renewed.</summary>
/// <param name="First">The entitlement that was bought.</param>
/// <param name="Months">That it was bought for; null where it was bought for something else.</param>
/// <param name="Last">The entitlement of the last months.</param>
/// <param name="Number">How often it was renewed.</param>
/// <param name="EndsAt">When the last months end; null for never.</param>
/// <param name="IsEnded">By a refund of the last months.</param>
/// <param name="LastPrice">What was paid for them.</param>
/// <param name="MaxPrice">The most that a renewal may cost; null where it is not to be renewed.</param>
internal sealed record StoredRenewal(
    Guid First, long Participant, string Service, DateTimeOffset BeginsAt, int? Months, Guid Last, int Number,
    DateTimeOffset? EndsAt, bool IsEnded, Amount LastPrice, Amount? MaxPrice);

/// <param name="Price">Of the service then.</param>
/// <param name="Missing">Where funds were; else null.</param>
internal sealed record RenewalAttempt(
    Guid First, int Number, int Attempt, RenewalOutcome Outcome, Amount Price, Amount? Missing);
