using Stk.Settlement.Acts;
using Stk.Settlement.Machine;
using Stk.Settlement.Plans;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests.Machine;

/// <summary>One act from its plan to its end, and what it does not do on the way.</summary>
public class SettlementMachineTests
{
    private static readonly TransactionError AccountGone = new TransactionError.InstructionFailed(4, "InvalidAccountData", null);

    public static TheoryData<string> SendAnswers =>
        ["accepted", "AlreadyProcessed", "BlockhashNotFound", "the node did not answer in time", "Internal error"];

    [Fact]
    public void A_batch_is_tried_signed_stored_sent_seen_on_two_nodes_and_posted()
    {
        var run = TestRun.In(ActState.Planned);

        Assert.IsType<Order.TryOut>(Assert.Single(run.Wake()));
        Assert.Equal([new Order.Sign(1)], run.See(new Seen.TriedOut(null, [])));
        var signed = Signed(1);
        var send = Assert.IsType<Order.Send>(Assert.Single(run.See(signed)));
        Assert.Equal((ActState.Signed, signed.Bytes), (run.Act.State, send.Bytes));
        Assert.Empty(run.See(new Seen.SendAnswered(1, "accepted")));
        Assert.Equal((ActState.Sent, run.Now), (run.Act.State, run.Act.Last?.SentAt));

        Land(run, run.Alpha, run.Beta);
        run.Wait(1);
        Assert.IsType<Order.Post>(Assert.Single(run.Wake()));

        Assert.Equal((ActState.Finalized, AttemptOutcome.Landed), (run.Act.State, run.Act.Last?.Outcome));
        Assert.Equal(new LandedAt(run.Act.Attempts[0].Signature, 1_050), run.Act.Landed);
        run.See(new Seen.Posted());
        Assert.True(run.Act.IsClosed);
        Assert.Null(run.Followed.DueAt(run.MachineTerms));
        Assert.Empty(run.Wake());
    }

    [Fact]
    public void The_same_bytes_are_sent_again_every_two_seconds_until_there_is_more_to_know()
    {
        var run = TestRun.In(ActState.Sent);
        OfNow(run);
        var bytes = run.Act.Attempts[0].Bytes;

        for (var second = 0; second < 20; second++)
        {
            var sent = run.Wake().OfType<Order.Send>().ToList();
            Assert.Equal(second % 2 == 0 ? 1 : 0, sent.Count);
            Assert.All(sent, order => Assert.Equal(bytes, order.Bytes));
            run.Wait(1);
        }

        Assert.Equal(ActState.Sent, run.Act.State);
    }

    [Theory, MemberData(nameof(SendAnswers))]
    public void Whatever_a_sending_is_answered_it_is_neither_success_nor_failure(string answer)
    {
        foreach (var state in Enum.GetValues<ActState>())
        {
            var run = TestRun.In(state);
            var before = run.Act;

            Assert.Empty(run.See(new Seen.SendAnswered(1, answer)));

            Assert.Equal(state == ActState.Signed ? ActState.Sent : state, run.Act.State);
            Assert.Equal(before.Attempts.Select(one => one.Outcome), run.Act.Attempts.Select(one => one.Outcome));
        }
    }

    [Fact]
    public void After_a_restart_the_stored_bytes_are_sent_and_no_others()
    {
        var run = TestRun.In(ActState.Signed);

        var send = Assert.IsType<Order.Send>(Assert.Single(run.Wake()));

        Assert.Equal(run.Act.Attempts[0].Bytes, send.Bytes);
    }

    [Fact]
    public void A_finalized_act_is_posted_again_until_it_is_known_to_be()
    {
        var run = TestRun.In(ActState.Finalized);

        Assert.IsType<Order.Post>(Assert.Single(run.Wake()));
        Assert.Empty(run.Wake());
        run.Wait(31);
        Assert.IsType<Order.Post>(Assert.Single(run.Wake()));
    }

    [Fact]
    public void One_node_is_not_enough_for_finality()
    {
        var run = TestRun.In(ActState.Sent);
        OfNow(run);
        Land(run, run.Alpha);

        Assert.All(run.Wake(), order => Assert.IsType<Order.Send>(order));

        Assert.Equal(ActState.Sent, run.Act.State);
    }

    [Fact]
    public void A_failure_at_finality_returns_the_guilty_payee_and_releases_the_others()
    {
        var run = TestRun.In(ActState.Sent);
        // Limit, price, account and transfer of the first; the second's transfer has place 4.
        Land(run, AccountGone, run.Alpha, run.Beta);

        var release = Assert.IsType<Order.Release>(run.Wake().Last());

        Assert.Equal((ActState.Failed, AttemptOutcome.Failed), (run.Act.State, run.Act.Last?.Outcome));
        Assert.Equal(
            new ReturnedPayout(TestBatch.PayoutId(2), PayeeFlaw.TokenAccountMissing), Assert.Single(release.Returned));
        Assert.Equal([TestBatch.PayoutId(1), TestBatch.PayoutId(3)], release.Others.AsEnumerable());
        run.See(new Seen.Released());
        Assert.True(run.Act.IsClosed);
    }

    [Fact]
    public void A_failure_by_the_float_returns_nobody()
    {
        var run = TestRun.In(ActState.Sent);
        Land(run, new TransactionError.InstructionFailed(4, "Custom", 1), run.Alpha, run.Beta);

        var release = Assert.IsType<Order.Release>(run.Wake().Last());

        Assert.Empty(release.Returned);
        Assert.Equal(3, release.Others.Length);
    }

    [Fact]
    public void A_trial_run_that_finds_a_payee_guilty_ends_the_act_before_anything_is_signed()
    {
        var run = TestRun.In(ActState.Planned);
        var flaw = new ReturnedPayout(TestBatch.PayoutId(3), PayeeFlaw.TokenAccountOwnerChanged);

        var release = Assert.IsType<Order.Release>(Assert.Single(run.See(new Seen.TriedOut(null, [flaw]))));

        Assert.Equal(flaw, Assert.Single(release.Returned));
        Assert.Equal((ActState.Failed, 0), (run.Act.State, run.Act.Attempts.Length));
    }

    [Fact]
    public void A_trial_run_that_fails_by_nobodys_fault_is_run_again()
    {
        var run = TestRun.In(ActState.Planned);
        run.Wake();

        Assert.Empty(run.See(new Seen.TriedOut(new TransactionError.Named("InsufficientFundsForFee"), [])));

        Assert.Equal(ActState.Planned, run.Act.State);
        run.Wait(3);
        Assert.IsType<Order.TryOut>(Assert.Single(run.Wake()));
    }

    [Fact]
    public void Bytes_that_are_not_the_plans_are_not_taken_from_the_signer()
    {
        var other = TestBatch.Signed(TestBatch.Hash(5));
        Lifetime lifetime = new Lifetime.Recent(TestBatch.Hash(5), 9);
        Assert.Null(SettlementMachine.Objection(TestBatch.Plan, other.Serialize(), lifetime));
        Assert.NotNull(SettlementMachine.Objection(
            TestBatch.Plan, other.Serialize(), new Lifetime.Recent(TestBatch.Hash(6), 9)));
        Assert.NotNull(SettlementMachine.Objection(TestBatch.Plan, other.Serialize().AsSpan(1), lifetime));
        var unsigned = other with { Signatures = [TestBatch.Signature(1)] };
        Assert.NotNull(SettlementMachine.Objection(TestBatch.Plan, unsigned.Serialize(), lifetime));
        var fewer = TestBatch.Plan with { Moves = TestBatch.Plan.Moves.RemoveAt(0) };
        Assert.NotNull(SettlementMachine.Objection(fewer, other.Serialize(), lifetime));

        var run = TestRun.In(ActState.Planned);
        var signed = Signed(1);
        Assert.Empty(run.See(signed with { Lifetime = new Lifetime.Recent(TestBatch.Hash(8), 9) }));
        Assert.Equal(ActState.Planned, run.Act.State);
    }

    [Fact]
    public void A_second_answer_of_the_signer_changes_nothing()
    {
        var run = TestRun.In(ActState.Planned);
        run.See(Signed(1));
        var first = run.Act;

        Assert.Empty(run.See(Signed(1)));
        Assert.Empty(run.See(Signed(2)));

        Assert.Equal(first, run.Act);
    }

    [Fact]
    public void What_is_expired_is_tried_out_signed_anew_and_sent()
    {
        var run = TestRun.In(ActState.Expired);

        Assert.IsType<Order.TryOut>(Assert.Single(run.Wake()));
        Assert.Equal([new Order.Sign(2)], run.See(new Seen.TriedOut(null, [])));
        Assert.IsType<Order.Send>(Assert.Single(run.See(Signed(2))));

        Assert.Equal([1, 2], run.Act.Attempts.Select(attempt => attempt.Number));
        Assert.Equal([AttemptOutcome.Expired, null], run.Act.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public void With_one_node_a_landing_counts_where_the_terms_say_so_and_nothing_is_proved_absent()
    {
        var alone = new MachineTerms(["alpha"], new("ours", TestNode.Landmark, NodesForLanding: 1));
        var landed = new TestRun(TestRun.In(ActState.Sent).Act, alone);
        Land(landed, landed.Alpha);
        landed.Wake();
        Assert.Equal(ActState.Finalized, landed.Act.State);

        var absent = new TestRun(TestRun.In(ActState.Sent).Act, alone);
        absent.Wake();
        absent.Wait(70);
        absent.Wake();
        Assert.Equal(ActState.Uncertain, absent.Act.State);
    }

    internal static Seen.GotSigned Signed(int number)
    {
        var attempt = TestBatch.Attempt(number);
        return new(number, attempt.Bytes, attempt.Lifetime, attempt.SignedSlot, attempt.Node);
    }

    internal static void Land(TestRun run, params TestNode[] nodes) => Land(run, null, nodes);

    internal static void Land(TestRun run, TransactionError? failure, params TestNode[] nodes)
    {
        var transaction = Transaction.Parse(run.Act.Attempts[^1].Bytes.AsSpan());
        foreach (var node in nodes)
        {
            node.Show(transaction, TestBatch.Landed(transaction, 1_050, failure));
        }
    }

    /// <summary>Both nodes at a height at which it can still land.</summary>
    internal static void OfNow(TestRun run) => Array.ForEach(run.Both, node => node.Height = 1_100);
}
