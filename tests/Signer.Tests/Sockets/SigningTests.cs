using Stk.Settlement.Acts;
using Stk.Settlement.Machine;
using Stk.Settlement.Plans;
using Stk.Settlement.Refusals;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.Programs;

namespace Stk.Signer.Tests.Sockets;

/// <summary>What the signer signs and what it refuses, asked over its socket.</summary>
public sealed class SigningTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly TestHome _other = new();
    private readonly TestNodes _nodes = new();
    private readonly TestTime _time = new();

    public void Dispose()
    {
        _home.Dispose();
        _other.Dispose();
    }

    // Whoever settles knows rules by their names alone.
    [Theory]
    [InlineData(RefusalRule.PayoutMax, typeof(Remedy.GiveBack))]
    [InlineData(RefusalRule.DailyCap, typeof(Remedy.SetAside))]
    [InlineData(RefusalRule.DestinationUnripe, typeof(Remedy.SetAside))]
    [InlineData(RefusalRule.ProofWrong, typeof(Remedy.SetAside))]
    [InlineData(RefusalRule.ProofOfAnother, typeof(Remedy.SetAside))]
    [InlineData(RefusalRule.PayoutDiffers, typeof(Remedy.SetAside))]
    [InlineData(RefusalRule.SignedBefore, typeof(Remedy.SetAside))]
    [InlineData(RefusalRule.Landed, typeof(Remedy.SetAside))]
    [InlineData(RefusalRule.BookLocked, typeof(Remedy.AskAgain))]
    public void What_follows_from_a_rule_is_known_by_its_name(RefusalRule rule, Type remedy)
    {
        var payouts = TestBatch.Ask(TestBatch.Ann(), TestBatch.Bob()).Payouts;
        var act = ChainAct.New(Guid.NewGuid(), TestBatch.PlanOf(payouts), epoch: 1);

        Assert.IsType(remedy, Remedies.Of(rule.WireName(), payouts[0].Id, act, _time.GetUtcNow()));
    }

    [Fact]
    public async Task A_batch_is_signed_as_its_plan_says()
    {
        await using var signer = await Start();
        var ask = TestBatch.Ask(TestBatch.Ann(), TestBatch.Bob());

        var answer = await signer.Granted(ask);

        Assert.Null(SettlementMachine.Objection(
            TestBatch.PlanOf(ask.Payouts), answer.Transaction,
            new Lifetime.Recent(Blockhash.Parse(answer.Blockhash), answer.LastValidHeight)));
        Assert.Equal(1_050UL, answer.LastValidHeight);
        Assert.Equal(1_000UL, answer.SignedSlot);
        Assert.Equal(1, answer.ToSeen(1).Number);
    }

    [Fact]
    public async Task The_same_question_is_answered_with_the_same_bytes()
    {
        await using var signer = await Start();
        var ask = TestBatch.Ask(TestBatch.Ann());
        var first = await signer.Granted(ask);
        _nodes.GrowOld();

        var again = await signer.Granted(ask);

        Assert.Equal(first.Transaction, again.Transaction);
        Assert.Equal("attempt-differs", await signer.Refusal(TestBatch.Ask(TestBatch.Ann(), TestBatch.Bob())));
    }

    [Fact]
    public async Task A_proof_that_the_wallets_key_has_not_signed_is_refused()
    {
        await using var signer = await Start();
        var forged = TestBatch.Ann() with { Proof = TestBatch.Proof("ann", walletSeed: 11, signerSeed: 66) };

        Assert.Equal("proof-wrong", await signer.Refusal(TestBatch.Ask(forged)));
        Assert.Equal("proof-wrong", await signer.Refusal(TestBatch.Ask(TestBatch.Ann() with { Proof = "{}" })));
    }

    [Fact]
    public async Task A_proof_of_another_participant_or_wallet_is_refused()
    {
        await using var signer = await Start();
        var bobs = TestBatch.Ann() with { Proof = TestBatch.Proof("bob", walletSeed: 11) };
        var elsewhere = TestBatch.Ann() with { Wallet = TestBatch.KeyOf(66).ToString() };

        Assert.Equal("proof-of-another", await signer.Refusal(TestBatch.Ask(bobs)));
        Assert.Equal("proof-of-another", await signer.Refusal(TestBatch.Ask(elsewhere)));
    }

    [Fact]
    public async Task In_production_a_destination_waits_48_hours_from_when_the_signer_heard_of_it()
    {
        await using var signer = await Start("Production", payoutMax: "100", dailyCap: "1000");
        var ask = TestBatch.Ask(TestBatch.Ann());
        Assert.Equal("destination-unripe", await signer.Refusal(ask));

        _time.Now += TimeSpan.FromHours(48) - TimeSpan.FromSeconds(1);
        Assert.Equal("destination-unripe", await signer.Refusal(ask));
        _time.Now += TimeSpan.FromSeconds(1);

        await signer.Granted(ask);
    }

    [Fact]
    public async Task A_destination_that_was_told_of_is_ripe_when_it_is_paid_first()
    {
        await using var signer = await Start("Production", payoutMax: "100", dailyCap: "1000");
        var ann = TestBatch.Ann();
        await signer.Ask(new SignerAsk.OfDestinations([new(ann.Participant, ann.Wallet, ann.Proof)]));
        _time.Now += TimeSpan.FromHours(48);

        await signer.Granted(TestBatch.Ask(ann));

        Assert.Equal("destination-unripe", await signer.Refusal(TestBatch.Ask(Guid.NewGuid(), 1, TestBatch.Bob())));
    }

    [Fact]
    public async Task A_payout_above_its_cap_is_refused()
    {
        await using var signer = await Start(payoutMax: "3");

        Assert.Equal("payout-max", await signer.Refusal(TestBatch.Ask(TestBatch.Ann(3_000_001))));
        await signer.Granted(TestBatch.Ask(TestBatch.Ann(3_000_000)));
    }

    [Fact]
    public async Task More_than_a_days_cap_waits_for_the_next_day()
    {
        await using var signer = await Start(dailyCap: "4.5");
        await signer.Granted(TestBatch.Ask(TestBatch.Ann()));
        var second = TestBatch.Ask(Guid.NewGuid(), 1, TestBatch.Bob());

        Assert.Equal("daily-cap", await signer.Refusal(second));
        _time.Now += TimeSpan.FromHours(12);

        await signer.Granted(second);
    }

    [Fact]
    public async Task A_changed_amount_is_refused_wherever_it_stands()
    {
        await using var signer = await Start();
        var ask = TestBatch.Ask(TestBatch.Ann(), TestBatch.Bob());
        var more = TestBatch.Ask(TestBatch.Ann(9_000_000), TestBatch.Bob());

        Assert.Equal("amount-differs", await signer.Refusal(ask with { Plan = more.Plan }));
        Assert.Equal("amount-differs", await signer.Refusal(ask with { Message = more.Message }));
        Assert.Equal("amount-differs", await signer.Refusal(ask with { Payouts = more.Payouts }));
    }

    [Fact]
    public async Task One_foreign_instruction_is_refused()
    {
        await using var signer = await Start();
        var ask = TestBatch.Ask(TestBatch.Ann());
        var stranger = TestBatch.KeyOf(66);

        Assert.Equal("foreign-content", await signer.Refusal(ask with
        {
            Message = TestBatch.MessageWith(
                ask.Payouts,
                TokenProgram.SetAuthority(
                    TestBatch.Terms.FloatTokens, AuthorityType.AccountOwner, TestBatch.PayoutFloat, stranger)).Serialize(),
        }));
        Assert.Equal("foreign-content", await signer.Refusal(ask with
        {
            Message = TestBatch.MessageWith(ask.Payouts, MemoProgram.NewMemo("mine")).Serialize(),
        }));
        Assert.Equal("message-differs", await signer.Refusal(ask with
        {
            Message = TestBatch.MessageWith(ask.Payouts, TestBatch.TransferTo(66, 1)).Serialize(),
        }));
    }

    [Fact]
    public async Task A_plan_with_another_destination_is_refused()
    {
        await using var signer = await Start();
        var ask = TestBatch.Ask(TestBatch.Ann());
        var plan = ActPlan.FromJson(ask.Plan);
        var elsewhere = plan with { Payouts = [plan.Payouts[0] with { Account = TestBatch.KeyOf(66) }] };

        Assert.Equal("plan-differs", await signer.Refusal(ask with { Plan = elsewhere.ToJson() }));
    }

    [Fact]
    public async Task A_weeks_memo_is_signed_alone_and_no_other()
    {
        await using var signer = await Start();

        Assert.Equal("memo-form", await signer.Refusal(TestBatch.AskMemo("stk:week:2025-W51:hello")));
        var noWeek = TestBatch.Week.Replace("W51", "W54", StringComparison.Ordinal);
        Assert.Equal("memo-form", await signer.Refusal(TestBatch.AskMemo(noWeek)));
        Assert.Equal("memo-form", await signer.Refusal(TestBatch.AskMemo($"{TestBatch.Week}\n")));
        Assert.Equal(
            "foreign-content", await signer.Refusal(TestBatch.AskMemo(TestBatch.Week, 1, TestBatch.TransferTo(66, 1))));
        var answer = await signer.Granted(TestBatch.AskMemo(TestBatch.Week));

        Assert.Null(SettlementMachine.Objection(
            ActPlan.OfMemo(TestBatch.PayoutFloat, TestBatch.Mint, TestBatch.Week), answer.Transaction,
            new Lifetime.Recent(Blockhash.Parse(answer.Blockhash), answer.LastValidHeight)));
    }

    [Fact]
    public async Task A_last_height_that_one_node_gives_too_low_is_not_believed()
    {
        _nodes.Beta.Height = 1_400;
        await using var signer = await Start();

        Assert.Equal(1_550UL, (await signer.Granted(TestBatch.Ask(TestBatch.Ann()))).LastValidHeight);

        _nodes.Beta.Height = 90_000;
        await using var other = await TestSigner.Start(_other, _nodes, _time);
        Assert.IsType<SignerCalls.Answers.SignerAnswer.NotNow>(await other.Ask(TestBatch.Ask(TestBatch.Ann())));
    }

    [Fact]
    public async Task Where_no_node_follows_our_chain_it_is_asked_again_later()
    {
        _nodes.Alpha.Genesis = _nodes.Beta.Genesis = "another";
        await using var signer = await Start();
        var ask = TestBatch.Ask(TestBatch.Ann());
        Assert.IsType<SignerCalls.Answers.SignerAnswer.NotNow>(await signer.Ask(ask));

        _nodes.Beta.Genesis = TestNode.OurGenesis;

        Assert.Equal("beta", (await signer.Granted(ask)).Node);
    }

    private Task<TestSigner> Start(
        string environment = "Development", string? payoutMax = null, string? dailyCap = null) =>
        TestSigner.Start(_home, _nodes, _time, environment, payoutMax, dailyCap);
}
