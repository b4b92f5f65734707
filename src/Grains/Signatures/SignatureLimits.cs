using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Stk.Grains.Approvals;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Rules.Approvals;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Signatures;

/// <summary>
/// What one signature may give: each act that gives a participant STK asks here first, and posts the effect with its
/// transaction, so that the next one counts it.
/// </summary>
internal sealed class SignatureLimits(NpgsqlDataSource database, EconomyCache economy, IOptions<SignatureOptions> options)
{
    private const string SumsSql = """
        SELECT (SELECT coalesce(sum(amount_micro), 0)::bigint FROM approvals.given WHERE person = $1 AND at > $4),
            (SELECT coalesce(sum(amount_micro), 0)::bigint FROM approvals.given WHERE receiver = $2 AND at > $4),
            (SELECT coalesce(sum(amount_micro), 0)::bigint FROM approvals.given WHERE fund = $3 AND at > $4)
        """;

    /// <summary>
    /// The effect that counts a signature; null where the limit does not let it alone: it waits for a second person.
    /// </summary>
    public async Task<SignatureEffect?> Sign(Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        var limit = SignatureRules.Limit(
            economy.Current.RuleBooks.Of(WeekId.Of(now)).Spending.ApprovalAbove,
            Amount.OfStk(options.Value.SignatureCeiling));
        return SignatureRules.NeedsSecond(signature.Amount, await Read(signature, now, cancellation), limit)
            ? null
            : new(signature, limit);
    }

    private async Task<SignedSums> Read(Signature signature, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SumsSql)
            .With(signature.By.Name).With(signature.Receiver)
            .WithNullable((short?)signature.Fund, NpgsqlDbType.Smallint)
            .With((now - SignatureRules.Window).UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new(new(row.GetInt64(0)), new(row.GetInt64(1)), new(row.GetInt64(2)));
    }
}

/// <summary>One person's signature under an act that gives a participant STK.</summary>
/// <param name="By">Who signs.</param>
/// <param name="Receiver">The participant's number.</param>
/// <param name="Fund">That pays; null where none does.</param>
internal sealed record Signature(ActingPerson By, long Receiver, Fund? Fund, Amount Amount);
