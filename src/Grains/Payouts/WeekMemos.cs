using System.Globalization;
using Npgsql;
using Stk.Ledger;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Settlement;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>
/// The memo that each week leaves on chain: the root of its statements, and the journal's head. The run asks for it, and
/// whoever settles makes an act of it, which the signer signs.
/// </summary>
internal sealed class WeekMemos(NpgsqlDataSource database, ILedger ledger, IClock clock)
{
    // Of two who ask at once one waits here; whoever begins the stage again asks for nothing more.
    private const string AskSql = """
        INSERT INTO settlement.asked_acts (id, kind, text, week, at, approved_at) VALUES ($1, 5, $2, $3, $4, $4)
        ON CONFLICT DO NOTHING
        """;

    // State 4: final.
    private const string LandedSql = """
        SELECT landed_signature, landed_slot FROM settlement.asked_acts JOIN settlement.acts USING (id)
        WHERE week = $1 AND state = 4
        """;

    /// <summary>Asked for once a week: of its root, and of the head that the journal has then.</summary>
    public async Task Ask(WeekId week, byte[] root, CancellationToken cancellation)
    {
        var head = await ledger.GetHead(cancellation);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"stk:week:{week}:{Convert.ToHexStringLower(root)}:{head.Sequence}:{head.Hash}");
        if (!WeekMemo.IsOne(text))
        {
            throw new InvalidOperationException($"the memo of {week} has not the form that the signer signs");
        }

        await using var command = database.CreateCommand(AskSql)
            .With(SettlementIds.WeekMemo(week)).With(text).With(week.Number).With(clock.Now.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Where the week's memo is on chain for good; null while it is not.</summary>
    public async Task<(Signature Signature, long? Slot)?> FindLanded(WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LandedSql).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (Signature.Parse(row.GetString(0)), row.LongOrNull(1)) : null;
    }
}
