using System.Collections.Immutable;
using CsCheck;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;
using Stk.Settlement.Plans;
using Stk.Settlement.Refusals;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests.Machine;

/// <summary>Each state with each thing seen, and any row of them.</summary>
public class EveryStepTests
{
    // What may follow a state in one step, itself left out.
    private static readonly Dictionary<ActState, ActState[]> Following = new()
    {
        [ActState.Planned] = [ActState.Signed, ActState.Failed],
        [ActState.Signed] = [ActState.Sent],
        [ActState.Sent] = [ActState.Finalized, ActState.Failed, ActState.Uncertain],
        [ActState.Uncertain] = [ActState.Finalized, ActState.Failed, ActState.Expired],
        [ActState.Expired] = [ActState.Signed, ActState.Failed],
        [ActState.Finalized] = [],
        [ActState.Failed] = [],
    };

    private static readonly Gen<int[]> Walks = Gen.Int[0, 999].Array[0, 60];

    [Fact]
    public void No_state_is_followed_by_another_than_the_tables()
    {
        foreach (var state in Enum.GetValues<ActState>())
        {
            foreach (var view in Enumerable.Range(0, 8))
            {
                foreach (var seen in Everything(TestRun.In(state).Act))
                {
                    var run = TestRun.In(state);
                    Views(run, view);

                    run.See(seen);

                    Assert.True(
                        run.Act.State == state || Following[state].Contains(run.Act.State),
                        $"{state} was followed by {run.Act.State} after {seen}");
                }
            }
        }
    }

    [Fact]
    public void Each_pair_of_the_table_is_met()
    {
        var met = new HashSet<(ActState, ActState)>();
        var dice = new Random(17);
        for (var walk = 0; walk < 600; walk++)
        {
            Walk(
                [.. Enumerable.Range(0, 60).Select(_ => dice.Next(1_000))],
                (before, after, _) => met.Add((before.State, after.State)));
        }

        Assert.Empty(Following.SelectMany(from => from.Value.Select(to => (from.Key, to))).Except(met));
    }

    [Fact]
    public void In_any_row_of_events_bytes_are_stored_before_they_are_sent_and_attempts_follow_proofs() => Walks.Sample(
        walk =>
        {
            var stored = new HashSet<string>();
            Walk(walk, (before, after, orders) =>
            {
                foreach (var attempt in after.Attempts)
                {
                    stored.Add(Convert.ToHexString(attempt.Bytes.AsSpan()));
                }

                Assert.True(before.State == after.State || Following[before.State].Contains(after.State));
                // Rows are never deleted and never written anew; a later one only after the former has expired.
                Assert.Equal(
                    before.Attempts.Select(one => one.Signature),
                    after.Attempts.Take(before.Attempts.Length).Select(one => one.Signature));
                Assert.All(after.Attempts.SkipLast(1), one => Assert.Equal(AttemptOutcome.Expired, one.Outcome));
                Assert.All(
                    before.Attempts.Zip(after.Attempts).Where(one => one.First.Outcome is not null),
                    one => Assert.Equal(one.First.Outcome, one.Second.Outcome));
                foreach (var order in orders)
                {
                    Assert.True(order is not Order.Send send || stored.Contains(Convert.ToHexString(send.Bytes.AsSpan())));
                    Assert.True(order is not Order.Sign || after.Last?.Outcome is null or AttemptOutcome.Expired);
                    Assert.True(order is not Order.Post || after is { State: ActState.Finalized, Landed: not null });
                    Assert.True(order is not Order.Release || after.State == ActState.Failed);
                }

                Assert.True(!before.IsClosed || (orders.All(order => order is Order.Reply) && before == after));
            });
        },
        iter: 300);

    // Each number is an event, or a change of what the nodes show.
    private static void Walk(int[] walk, Action<ChainAct, ChainAct, List<Order>> check)
    {
        var run = TestRun.In(ActState.Planned);
        foreach (var number in walk)
        {
            run.Wait(number % 7 * 10);
            Views(run, number / 20);
            var before = run.Act;
            var everything = Everything(before);
            // More often than anything else, time passes.
            var orders = run.See(number % 2 == 0 ? new Seen.Woken() : everything[number / 2 % everything.Length]);
            check(before, run.Act, orders);
        }
    }

    private static ImmutableArray<Seen> Everything(ChainAct act)
    {
        var next = act.Attempts.Length + 1;
        return
        [
            new Seen.Woken(),
            new Seen.TriedOut(null, []),
            new Seen.TriedOut(new TransactionError.InstructionFailed(4, "InvalidAccountData", null), []),
            new Seen.TriedOut(new TransactionError.Named("BlockhashNotFound"), []),
            new Seen.TriedOut(null, [new(TestBatch.PayoutId(1), PayeeFlaw.NotSystemOwned)]),
            SettlementMachineTests.Signed(next),
            SettlementMachineTests.Signed(next),
            SettlementMachineTests.Signed(1),
            new Seen.NotHad(),
            new Seen.Refused(next, new Remedy.AskAgain()),
            new Seen.Refused(next, new Remedy.GiveBack(new(TestBatch.PayoutId(2), PayeeFlaw.AboveMaximum))),
            new Seen.Refused(1, new Remedy.SetAside([TestBatch.PayoutId(2)], default)),
            new Seen.SendAnswered(act.Attempts.Length, "accepted"),
            new Seen.SendAnswered(act.Attempts.Length, "AlreadyProcessed"),
            new Seen.SendAnswered(1, "the node did not answer in time"),
            new Seen.Answered(1, "alpha", new Answer.GenesisIs("ours")),
            new Seen.Answered(1, "alpha", new Answer.StatusesAre(1, [null])),
            new Seen.Posted(),
            new Seen.Released(),
            new Seen.Word(new(true, act.Last?.Signature, "ann and bob")),
            new Seen.Word(new(false, null, "ann and bob")),
        ];
    }

    // What the nodes show from now on, of the last attempt.
    private static void Views(TestRun run, int view)
    {
        if (run.Act.Last is not { } last)
        {
            return;
        }

        foreach (var (node, bit) in run.Both.Zip((int[])[0, 1]))
        {
            node.Statuses.Remove(last.Signature);
            node.Named.Clear();
            node.Landed.Clear();
            node.Height = view % 8 >= 6 ? 1_100UL : 1_500UL;
            node.Silent = view % 8 == 5 && bit == 1 ? typeof(Question.Height) : null;
        }

        var transaction = Transaction.Parse(last.Bytes.AsSpan());
        var failure = view % 8 == 2 ? new TransactionError.InstructionFailed(4, "InvalidAccountData", null) : null;
        foreach (var node in (view % 8) switch
        {
            1 or 2 => run.Both,
            3 => [run.Alpha],
            _ => [],
        })
        {
            node.Show(transaction, TestBatch.Landed(transaction, 1_050, failure));
        }

        if (view % 8 == 4)
        {
            run.Beta.Show(transaction, TestBatch.Landed(transaction, 1_050), Commitment.Confirmed);
        }
    }
}
