using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Verify;
using Stk.Rules.Notices;
using Stk.Rules.Renewals;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// Every renewal is paid once, under the id of its cause, for the months that follow, for no more than its participant had
/// agreed to; and of every attempt its participant was told.
/// </summary>
internal sealed class RenewalsFollowTheirMonths : IInvariant
{
    // In force when it was paid: the last choice before, or one of that very instant.
    private const string AttemptsSql = """
        SELECT attempt.entitlement, attempt.number, attempt.attempt, attempt.outcome, attempt.price_micro,
            attempt.transaction_id, first.begins_at, first.months, renewed.id, renewed.begins_at, renewed.ends_at,
            purchase.price_micro, purchase.buyer = first.participant AND purchase.service = first.service,
            EXISTS (
                SELECT FROM spending.renewal_choices choice
                WHERE choice.entitlement = attempt.entitlement AND choice.is_on AND choice.at <= attempt.at
                    AND choice.max_price_micro >= attempt.price_micro
                    AND NOT EXISTS (
                        SELECT FROM spending.renewal_choices later
                        WHERE later.entitlement = choice.entitlement AND later.number > choice.number
                            AND later.at < attempt.at)),
            attempt.number = 1 OR EXISTS (
                SELECT FROM spending.entitlements before
                WHERE before.first = attempt.entitlement AND before.number = attempt.number - 1)
        FROM spending.renewal_attempts attempt
        LEFT JOIN spending.entitlements first ON first.id = attempt.entitlement
        LEFT JOIN spending.entitlements renewed
            ON renewed.first = attempt.entitlement AND renewed.number = attempt.number
        LEFT JOIN spending.purchases purchase ON purchase.id = attempt.transaction_id
        ORDER BY attempt.entitlement, attempt.number, attempt.attempt
        """;

    private const string UnpaidSql = """
        SELECT id FROM spending.entitlements renewed
        WHERE first IS NOT NULL AND NOT EXISTS (
            SELECT FROM spending.renewal_attempts attempt
            WHERE attempt.transaction_id = renewed.id AND attempt.entitlement = renewed.first
                AND attempt.number = renewed.number)
        ORDER BY id
        """;

    private const string NoticesSql = "SELECT id FROM notices.notices WHERE kind LIKE 'renewal.%'";

    public string Name => "I29";

    public string Statement =>
        "Each renewal is paid once, for the months that follow what was bought, for no more than was agreed to, and is told of.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var told = await ReadIds(NoticesSql, snapshot, cancellation);
        await using (var command = new NpgsqlCommand(AttemptsSql, snapshot.Connection) { CommandTimeout = 0 })
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
            {
                foreach (var violation in Violations(row, told))
                {
                    yield return violation;
                }
            }
        }

        foreach (var id in await ReadIds(UnpaidSql, snapshot, cancellation))
        {
            yield return new("spending.entitlements", $"id {id}", "a paid renewal that has given it", "none");
        }
    }

    private static IEnumerable<Violation> Violations(NpgsqlDataReader row, HashSet<Guid> told)
    {
        var (first, number, attempt) = (row.GetGuid(0), row.GetInt32(1), (int)row.GetInt16(2));
        var outcome = (RenewalOutcome)row.GetInt16(3);
        var place = string.Create(CultureInfo.InvariantCulture, $"entitlement {first}, renewal {number}, attempt {attempt}");
        var id = RenewalIds.Of(first, number, attempt);
        var kind = outcome switch
        {
            RenewalOutcome.Told => NoticeKinds.RenewalSoon,
            RenewalOutcome.Paid => NoticeKinds.RenewalDone,
            _ => NoticeKinds.RenewalFailed,
        };
        if (!told.Contains(NoticeIds.Of(kind, id.ToString())))
        {
            yield return new("notices.notices", place, $"a notice {kind}", "none");
        }

        if (outcome != RenewalOutcome.Paid)
        {
            yield break;
        }

        if (row.IdOrNull(5) != id || row.IdOrNull(8) != id)
        {
            yield return new(
                "spending.renewal_attempts", place, $"transaction and entitlement {id}, of its cause",
                $"transaction {row.IdOrNull(5)}, entitlement {row.IdOrNull(8)}");
        }

        var expected = row.InstantOrNull(6) is { } begin && row.IntOrNull(7) is { } months
            ? RenewalTimetable.Term(begin, months, number)
            : default;
        var found = (row.InstantOrNull(9) ?? default, row.InstantOrNull(10) ?? default);
        if (expected != found)
        {
            yield return new(
                "spending.entitlements", place, string.Create(CultureInfo.InvariantCulture, $"{expected.From:O} to {expected.Until:O}"),
                string.Create(CultureInfo.InvariantCulture, $"{found.Item1:O} to {found.Item2:O}"));
        }

        if (row.LongOrNull(11) != row.GetInt64(4) || row.IsDBNull(12) || !row.GetBoolean(12))
        {
            yield return new(
                "spending.purchases", place, $"the same service by the same buyer for {row.GetInt64(4)} micro",
                $"{row.LongOrNull(11)} micro");
        }

        if (!row.GetBoolean(13))
        {
            yield return new("spending.renewal_choices", place, $"agreed to {row.GetInt64(4)} micro or more", "not agreed to");
        }

        if (!row.GetBoolean(14))
        {
            yield return new("spending.renewal_attempts", place, "the renewal before it", "none");
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Both callers pass a constant.")]
    private static async Task<HashSet<Guid>> ReadIds(string sql, Snapshot snapshot, CancellationToken cancellation)
    {
        var ids = new HashSet<Guid>();
        await using var command = new NpgsqlCommand(sql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            ids.Add(row.GetGuid(0));
        }

        return ids;
    }
}
