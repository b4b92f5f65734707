using System.Collections.Immutable;
using System.Globalization;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Simulation.Steps;
using Stk.Storage;

namespace Stk.Simulation.Books;

/// <summary>
/// A small world, so that everything that can go wrong does: few participants, amounts around what there is, copies of
/// requests that come late, an issuance that ends.
/// </summary>
internal sealed class LedgerPlan
{
    public const int Writers = 2;
    public const int LengthMs = 9_000;

    public static readonly AccountId Rewards = AccountId.Fund(Fund.Rewards);
    public static readonly WeekId Week = WeekId.OfNumber(202550);

    private static readonly long[] Participants = [1, 2, 3, 4];

    private readonly List<LedgerStep> _steps = [];
    private readonly Dice _dice;
    private int _causes;

    private LedgerPlan(Dice dice) => _dice = dice;

    public static IReadOnlyList<LedgerStep> Steps(Dice dice)
    {
        var plan = new LedgerPlan(dice);
        plan.Draw();
        return plan._steps;
    }

    /// <summary>What the week's parts come to, before the fund's factor.</summary>
    public static ImmutableArray<(long Participant, long Micro)> WeekParts(Dice dice) =>
        [.. Enumerable.Range(0, dice.Between(1, 5)).Select(_ => (dice.Of(Participants), (long)dice.Between(5, 60)))];

    private void Draw()
    {
        var length = _dice.Between(500, LengthMs);
        for (var day = 1; day <= _dice.Between(2, 7); day++)
        {
            // Two schedules may emit it.
            var emission = Emission(day, _dice.Between(60, 260));
            for (var copy = 0; copy <= _dice.Next(2); copy++)
            {
                Post(_dice.Next(length / 2), emission);
            }
        }

        var posts = _dice.Between(6, 28);
        for (var i = 0; i < posts; i++)
        {
            var at = _dice.Next(length);
            var transaction = _dice.Next(10) switch
            {
                < 6 => Transfer(_dice.Between(1, 70)),
                < 8 => Pair(),
                _ => Freeze(),
            };
            var burst = _dice.Chance(4) ? _dice.Between(1, 3) : 0;
            Post(at, transaction);
            for (var copy = 0; copy < burst; copy++)
            {
                Post(at + _dice.Next(_dice.Chance(2) ? 20 : 3_000), transaction);
            }

            if (_dice.Chance(8))
            {
                Post(at + _dice.Next(2_000), OtherContent(transaction));
            }
        }

        for (var run = _dice.Next(4); run > 0; run--)
        {
            _steps.Add(new LedgerStep.Week(_dice.Next(length), _dice.Next(Writers), _dice.Next(int.MaxValue)));
        }

        for (var crash = _dice.Next(3); crash > 0; crash--)
        {
            _steps.Add(new LedgerStep.Crash(_dice.Next(length), _dice.Next(Writers)));
        }
    }

    private void Post(int at, Transaction transaction) => _steps.Add(new LedgerStep.Post(
        at, _dice.Next(Writers), transaction, _dice.Chance(5) ? CommitPriority.Bulk : CommitPriority.Interactive,
        _dice.Next(4), _dice.Chance(12) ? _dice.Next(60) : null, _dice.Next(int.MaxValue)));

    private static Transaction Emission(int day, int micro)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"2025-12-{day:D2}");
        var half = micro / 2;
        return new(
            CauseId.Of("emission", text), TransactionKind.Emission, text,
            [
                new(AccountId.Issuance, new(-micro)),
                new(Rewards, new(half)),
                new(AccountId.Available(1 + (day % Participants.Length)), new(micro - half)),
            ]);
    }

    private Transaction Transfer(int micro)
    {
        var (from, to) = (_dice.Of(Participants), _dice.Of(Participants));
        return New(new(AccountId.Available(from), new(-micro)), new(AccountId.Available(to), new(micro)));
    }

    // Its first half may be fine and its second not.
    private Transaction Pair()
    {
        var (first, second) = (_dice.Between(1, 20), _dice.Between(1, 70));
        return New(
            new(AccountId.Available(_dice.Of(Participants)), new(-first)),
            new(AccountId.Available(_dice.Of(Participants)), new(first)),
            new(AccountId.Available(_dice.Of(Participants)), new(-second)),
            new(AccountId.Burned, new(second)));
    }

    private Transaction Freeze()
    {
        var participant = _dice.Of(Participants);
        var micro = _dice.Between(1, 50);
        return New(new(AccountId.Available(participant), new(-micro)), new(AccountId.Frozen(participant), new(micro)));
    }

    private Transaction New(params ImmutableArray<Posting> postings)
    {
        var cause = string.Create(CultureInfo.InvariantCulture, $"{_causes++}");
        ImmutableArray<IEffect> effects = _dice.Chance(4) ? [new SimulatedEffect($"purchase {cause}")] : [];
        return new(CauseId.Of("transfer", cause), TransactionKind.Transfer, cause, postings, effects);
    }

    private static Transaction OtherContent(Transaction transaction) => new(
        transaction.Id, transaction.Kind, transaction.Reference,
        [.. transaction.Postings.Select(posting => posting with { Amount = posting.Amount + posting.Amount })],
        transaction.Effects);
}
