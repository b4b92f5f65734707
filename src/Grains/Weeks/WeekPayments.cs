using System.Collections.Immutable;
using System.Globalization;
using Stk.Grains.Vesting;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>
/// The ledger transactions of a weekly run. Each id is of its cause, so that a repeat moves nothing. Pure.
/// </summary>
internal static class WeekPayments
{
    /// <summary>Participants that one transaction pays at most.</summary>
    public const int PartMax = 500;

    public static Transaction Reserve(WeekId week, Amount reserved) => new(
        ReserveId(week), TransactionKind.WeekReserve, week.ToString(),
        [
            new(AccountId.Fund(Fund.Rewards), -reserved),
            new(AccountId.Week(week), reserved),
        ]);

    public static Guid ReserveId(WeekId week) => CauseId.Of("week-reserve", week.ToString());

    /// <summary>What the floors have left goes back to the fund.</summary>
    public static Transaction Return(WeekId week, Amount left) => new(
        CauseId.Of("week-return", week.ToString()), TransactionKind.WeekReturn, week.ToString(),
        [
            new(AccountId.Week(week), -left),
            new(AccountId.Fund(Fund.Rewards), left),
        ]);

    /// <summary>A shard's payments, in sealed order, up to 500 participants each. Rewards of zero are not posted.</summary>
    /// <param name="statements">Of one shard, by participant number.</param>
    public static IEnumerable<Transaction> Pay(WeekId week, int shard, IEnumerable<Statement> statements) => statements
        .Where(statement => statement.Reward > Amount.Zero)
        .Chunk(PartMax)
        .Select((part, number) => Pay(week, shard, number, part));

    private static Transaction Pay(WeekId week, int shard, int part, Statement[] statements)
    {
        var available = Amount.Sum(statements.Select(statement => statement.Available));
        var frozen = Amount.Sum(statements.Select(statement => statement.Frozen));
        var postings = ImmutableArray.CreateBuilder<Posting>();
        postings.Add(new(AccountId.Week(week), -(available + frozen)));
        foreach (var statement in statements)
        {
            if (statement.Available > Amount.Zero)
            {
                postings.Add(new(AccountId.Available(statement.Participant), statement.Available));
            }

            if (statement.Frozen > Amount.Zero)
            {
                postings.Add(new(AccountId.Frozen(statement.Participant), statement.Frozen));
            }
        }

        var effects = ImmutableArray.Create<IEffect>(
            new WeekPaymentsEffect(week, shard, part, statements.Length, available, frozen));
        ImmutableArray<Grant> grants =
        [
            .. statements.SelectMany(statement => statement.FrozenParts().Select(frozenPart =>
                new Grant(statement.Participant, frozenPart.Type, frozenPart.VestsDays, frozenPart.Amount))),
        ];
        return new(
            CauseId.Of("week-reward", week.ToString(), Text(shard), Text(part)),
            TransactionKind.WeekReward,
            week.ToString(),
            postings.ToImmutable(),
            grants.IsEmpty ? effects : effects.Add(new GrantsEffect(week, shard, grants)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
