using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;
using Stk.Settlement.Plans;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests.Machine;

/// <summary>Nothing is signed anew before it is proved, on two nodes and in order, that nothing can land.</summary>
public class ExpiryTests
{
    public static TheoryData<string> Gaps => [.. GapsOf.Keys];

    // What one node lacks, or has too much of: with each of them, nothing is proved.
    private static readonly Dictionary<string, Action<TestNode>> GapsOf = new()
    {
        ["no answer about the chain"] = node => node.Silent = typeof(Question.Genesis),
        ["no answer about the height"] = node => node.Silent = typeof(Question.Height),
        ["no answer about statuses"] = node => node.Silent = typeof(Question.Statuses),
        ["no answer about the reference"] = node => node.Silent = typeof(Question.Named),
        ["no answer about its first block"] = node => node.Silent = typeof(Question.FirstBlock),
        ["another chain"] = node => node.Genesis = "another",
        ["the margin is not over"] = node => node.Height = 1_150 + LookTerms.DefaultExpiryMargin,
        ["statuses of an earlier slot than the height"] = node => node.StatusesSlot = node.Slot - 1,
        ["seen as processed"] = node => Show(node, Commitment.Processed),
        ["seen as confirmed"] = node => Show(node, Commitment.Confirmed),
        ["seen as final, and without the transaction"] = node => Show(node, Commitment.Finalized),
        ["seen by its reference only"] = node => node.Named.Add(TestBatch.Attempt(1).Signature),
        ["named by what cannot be read"] = node => node.Named.Add(TestBatch.Signature(5)),
        ["named more often than is read"] = node => node.Named.AddRange(
            Enumerable.Range(0, NodeLooking.NamedMost).Select(TestBatch.Signature)),
        ["history that begins after the signing"] = node => node.FirstBlock = 1_001,
        ["an older signature of ours is missing"] = node => node.Statuses.Remove(TestNode.Landmark.Signature),
    };

    [Fact]
    public void What_two_nodes_prove_is_uncertain_first_and_expired_by_a_fresh_look()
    {
        var run = TestRun.In(ActState.Sent);

        run.Wake();
        Assert.Equal((ActState.Uncertain, (AttemptOutcome?)null), (run.Act.State, run.Act.Last?.Outcome));
        Assert.Empty(run.Wake());

        Assert.Equal((ActState.Expired, AttemptOutcome.Expired), (run.Act.State, run.Act.Last?.Outcome));
        Assert.IsType<Order.TryOut>(Assert.Single(run.Wake()));
    }

    [Fact]
    public void Each_node_is_asked_in_the_order_of_the_proof()
    {
        var run = TestRun.In(ActState.Uncertain);

        run.Wake();

        Assert.All(run.Both, node => Assert.Equal(
            [
                typeof(Question.Genesis), typeof(Question.Height), typeof(Question.Statuses), typeof(Question.Named),
                typeof(Question.FirstBlock),
            ],
            node.Asked.Select(question => question.GetType())));
        // In one question: found apart from ours, the older one would prove nothing of the same moment.
        Assert.All(run.Both, node => Assert.Equal(
            [TestBatch.Attempt(1).Signature, TestNode.Landmark.Signature],
            node.Asked.OfType<Question.Statuses>().Single().Signatures.AsEnumerable()));
        Assert.All(run.Both, node => Assert.Equal(
            node.Slot, node.Asked.OfType<Question.Named>().Single().MinContextSlot));
    }

    [Theory, MemberData(nameof(Gaps))]
    public void With_a_gap_at_one_node_nothing_is_proved(string gap)
    {
        foreach (var state in (ActState[])[ActState.Sent, ActState.Uncertain])
        {
            var run = TestRun.In(state);
            GapsOf[gap](run.Beta);

            for (var minute = 0; minute < 5; minute++)
            {
                Assert.DoesNotContain(run.Wake(), order => order is Order.Sign or Order.TryOut or Order.Post);
                run.Wait(61);
            }

            Assert.True(run.Act.State is ActState.Sent or ActState.Uncertain, $"{gap}: {run.Act.State}");
            // What is uncertain is not sent any more, and never becomes certain by waiting.
            Assert.Null(run.Act.Last?.Outcome);
        }
    }

    [Fact]
    public void What_is_uncertain_is_looked_at_each_minute_and_not_sent()
    {
        var run = TestRun.In(ActState.Uncertain);
        run.Beta.Silent = typeof(Question.Genesis);
        for (var second = 0; second < 180; second++)
        {
            Assert.Empty(run.Wake());
            run.Wait(1);
        }

        Assert.Equal(3, run.Alpha.Asked.OfType<Question.Genesis>().Count());
        run.Beta.Silent = null;
        run.Wait(60);
        run.Wake();
        Assert.Equal(ActState.Expired, run.Act.State);
    }

    [Fact]
    public void A_look_that_nobody_answers_is_given_up_and_begun_again()
    {
        var before = TestRun.In(ActState.Uncertain).Followed;
        var now = new DateTimeOffset(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);
        var first = SettlementMachine.Next(before, new Seen.Woken(), now, TestRun.Terms);
        Assert.Equal(2, first.Orders.Length);
        Assert.Equal(now.AddSeconds(30), first.After.DueAt(TestRun.Terms));

        var given = SettlementMachine.Next(first.After, new Seen.Woken(), now.AddSeconds(30), TestRun.Terms);
        Assert.Null(given.After.Look);
        // Too late: it is of the look that was given up.
        var late = SettlementMachine.Next(
            given.After, new Seen.Answered(1, "alpha", new Answer.GenesisIs("ours")), now.AddSeconds(31), TestRun.Terms);
        Assert.Equal(given.After, late.After);
        Assert.Equal(
            [2, 2],
            SettlementMachine.Next(late.After, new Seen.Woken(), now.AddSeconds(91), TestRun.Terms).Orders
                .OfType<Order.Ask>().Select(ask => ask.Look));
    }

    [Fact]
    public void Two_proofs_are_none_where_a_third_node_has_shown_it()
    {
        var absent = NodeLooking.Begin("alpha").End(NodeSays.Absent);
        var shown = NodeLooking.Begin("gamma") with { Statuses = [new(1_050, Commitment.Processed, null)] };
        var terms = TestRun.Terms.Looks;

        Assert.IsType<Verdict.Expired>(
            new Look(1, default, [absent, absent, NodeLooking.Begin("gamma").FallSilent("no answer")]).Verdict(terms));
        Assert.IsType<Verdict.Open>(new Look(1, default, [absent, absent, shown.FallSilent("no answer")]).Verdict(terms));
        Assert.IsType<Verdict.Open>(new Look(1, default, [absent, absent, shown]).CutOff().Verdict(terms));
    }

    [Fact]
    public void Nothing_is_proved_without_an_older_signature_of_ours()
    {
        foreach (var landmark in (Landmark?[])[null, new(TestNode.Landmark.Signature, 1_001)])
        {
            var run = new TestRun(
                TestRun.In(ActState.Uncertain).Act, new(["alpha", "beta"], new("ours", landmark)));

            run.Wake();

            Assert.Equal(ActState.Uncertain, run.Act.State);
        }
    }

    [Fact]
    public void A_strangers_transaction_that_names_the_reference_changes_nothing()
    {
        foreach (var copiesThePlan in (bool[])[true, false])
        {
            var run = TestRun.In(ActState.Uncertain);
            var theirs = TestBatch.OfAStranger(copiesThePlan);
            Array.ForEach(run.Both, node => node.ShowByReference(theirs, TestBatch.Landed(
                theirs, 1_100, moves: copiesThePlan ? null : [])));

            run.Wake();

            Assert.Equal(ActState.Expired, run.Act.State);
        }
    }

    [Fact]
    public void A_transaction_of_ours_whose_row_was_lost_is_found_by_the_reference()
    {
        var run = TestRun.In(ActState.Uncertain);
        var lost = TestBatch.Signed(TestBatch.Hash(99));
        Array.ForEach(run.Both, node => node.ShowByReference(lost, TestBatch.Landed(lost, 1_100)));

        Assert.IsType<Order.Post>(Assert.Single(run.Wake()));

        Assert.Equal((ActState.Finalized, lost.Id), (run.Act.State, run.Act.Landed?.Signature));
        Assert.Null(run.Act.Last?.Outcome);
    }

    [Fact]
    public void What_the_float_has_signed_and_is_not_the_plan_is_for_people()
    {
        var run = TestRun.In(ActState.Uncertain);
        var other = new TransactionBuilder().SetFeePayer(TestBatch.PayoutFloat.PublicKey)
            .SetRecentBlockHash(TestBatch.Hash(98))
            .AddInstruction(TokenProgram.TransferChecked(
                TestBatch.FloatTokens, TestBatch.Address(50), 5, 6, TestBatch.PayoutFloat.PublicKey, TestBatch.Mint)
                .WithReference(TestBatch.Reference))
            .Build(TestBatch.PayoutFloat);
        Array.ForEach(run.Both, node => node.ShowByReference(other, TestBatch.Landed(other, 1_100, moves: [])));

        run.Wake();

        Assert.Equal(ActState.Uncertain, run.Act.State);
    }

    [Fact]
    public void Nodes_that_contradict_each_other_leave_it_uncertain()
    {
        var absent = TestRun.In(ActState.Sent);
        SettlementMachineTests.Land(absent, absent.Alpha);
        absent.Wake();
        Assert.Equal(ActState.Uncertain, absent.Act.State);

        var failed = TestRun.In(ActState.Sent);
        SettlementMachineTests.Land(failed, failed.Alpha);
        SettlementMachineTests.Land(failed, new TransactionError.Named("Nonsense"), failed.Beta);
        failed.Wake();
        Assert.Equal(ActState.Uncertain, failed.Act.State);

        var elsewhere = TestRun.In(ActState.Sent);
        var transaction = Transaction.Parse(elsewhere.Act.Attempts[0].Bytes.AsSpan());
        elsewhere.Alpha.Show(transaction, TestBatch.Landed(transaction, 1_050));
        elsewhere.Beta.Show(transaction, TestBatch.Landed(transaction, 1_051));
        elsewhere.Wake();
        Assert.Equal(ActState.Uncertain, elsewhere.Act.State);
    }

    [Fact]
    public void Other_changes_by_token_account_than_the_plans_are_for_people()
    {
        var run = TestRun.In(ActState.Sent);
        var transaction = Transaction.Parse(run.Act.Attempts[0].Bytes.AsSpan());
        TokenMove[] one = [TestBatch.Plan.Moves[0]];
        Array.ForEach(run.Both, node => node.Show(transaction, TestBatch.Landed(transaction, 1_050, moves: one)));

        run.Wake();

        Assert.Equal(ActState.Uncertain, run.Act.State);
    }

    [Fact]
    public void A_signature_that_was_proved_absent_and_is_seen_stops_everything()
    {
        var act = TestRun.In(ActState.Expired).Act;
        var run = new TestRun(act with { State = ActState.Uncertain, Attempts = act.Attempts.Add(TestBatch.Attempt(2)) });
        run.Alpha.Statuses[act.Attempts[0].Signature] = new(1_050, Commitment.Finalized, null);

        run.Wake();

        Assert.Equal((ActState.Uncertain, 2), (run.Act.State, run.Act.Attempts.Length));
    }

    [Fact]
    public void A_nonce_that_has_moved_ends_the_life_and_one_that_stands_does_not()
    {
        foreach (var hasMoved in (bool[])[true, false])
        {
            var run = WithNonce();
            Array.ForEach(run.Both, node => node.Nonce = TestBatch.Hash(hasMoved ? 2 : 1));

            run.Wake();

            Assert.Equal(hasMoved ? ActState.Expired : ActState.Uncertain, run.Act.State);
        }
    }

    [Fact]
    public void An_older_nonce_of_nodes_behind_the_signing_is_no_end_of_a_life()
    {
        // Signed in slot 1,000, with what stands there since then.
        var run = WithNonce();
        Array.ForEach(run.Both, node => (node.Slot, node.Nonce) = (999, TestBatch.Hash(99)));

        run.Wake();

        Assert.Equal(ActState.Uncertain, run.Act.State);

        // The same value at the signing or later can only have come after it.
        run = WithNonce();
        Array.ForEach(run.Both, node => (node.Slot, node.Nonce) = (1_000, TestBatch.Hash(99)));

        run.Wake();

        Assert.Equal(ActState.Expired, run.Act.State);
    }

    private static TestRun WithNonce()
    {
        var act = TestRun.In(ActState.Uncertain).Act;
        var transaction = TestBatch.Signed(
            TestBatch.Hash(1), TestBatch.Terms with { NonceAccount = TestBatch.Address(60) });
        return new(act with
        {
            Attempts =
            [
                TestBatch.Attempt(1) with
                {
                    Bytes = [.. transaction.Serialize()],
                    Signature = transaction.Id,
                    Lifetime = new Lifetime.DurableNonce(TestBatch.Address(60), TestBatch.Hash(1)),
                },
            ],
        });
    }

    private static void Show(TestNode node, Commitment commitment) =>
        node.Statuses[TestBatch.Attempt(1).Signature] = new(1_050, commitment, null);
}
