using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Signer.Tests.Sockets;

/// <summary>A payout is signed again only where the signer itself sees that the earlier signature is dead.</summary>
public sealed class SignedBeforeTests : IDisposable
{
    private static readonly SignerAsk.OfBatch First = TestBatch.Ask(TestBatch.Ann(), TestBatch.Bob());
    private static readonly SignerAsk.OfBatch Second = First with { Attempt = 2 };
    private static readonly SignerAsk.OfBatch OtherAct =
        TestBatch.Ask(new Guid("11111111-2222-3333-4444-555555555555"), 1, TestBatch.Bob());

    private readonly TestHome _home = new();
    private readonly TestNodes _nodes = new();
    private readonly TestTime _time = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Not_while_the_first_signature_can_still_land()
    {
        await using var signer = await Start();
        await signer.Granted(First);

        Assert.Equal("signed-before", await signer.Refusal(Second));
        Assert.Equal("signed-before", await signer.Refusal(OtherAct));
    }

    [Fact]
    public async Task Not_where_one_node_alone_says_that_it_is_dead()
    {
        await using var signer = await Start();
        await signer.Granted(First);

        _nodes.Alpha.GrowOld();

        Assert.Equal("signed-before", await signer.Refusal(Second));
    }

    [Fact]
    public async Task Not_where_the_second_look_shows_otherwise_than_the_first()
    {
        await using var signer = await Start();
        var first = await signer.Granted(First);
        _nodes.GrowOld();
        var signature = Transaction.Parse(first.Transaction).Id;
        _nodes.Beta.AtStatuses = asked =>
        {
            if (asked == 2)
            {
                _nodes.Beta.Statuses[signature] = new(1_500, Commitment.Confirmed, null);
            }
        };

        Assert.Equal("signed-before", await signer.Refusal(Second));
    }

    [Fact]
    public async Task Not_where_the_margin_beyond_its_last_height_is_not_over()
    {
        await using var signer = await Start();
        var first = await signer.Granted(First);
        foreach (var node in (TestNode[])[_nodes.Alpha, _nodes.Beta])
        {
            (node.Slot, node.Height) = (2_000, first.LastValidHeight + 32);
        }

        Assert.Equal("signed-before", await signer.Refusal(Second));
        _nodes.Alpha.Height++;
        _nodes.Beta.Height++;

        await signer.Granted(Second);
    }

    [Fact]
    public async Task Once_two_nodes_prove_it_dead_the_next_attempt_is_signed_and_counts_once()
    {
        await using var signer = await Start(dailyCap: "5");
        var first = await signer.Granted(First);
        _nodes.GrowOld();

        var second = await signer.Granted(Second);

        Assert.NotEqual(first.Transaction, second.Transaction);
        Assert.Equal("signed-before", await signer.Refusal(OtherAct));
        _nodes.GrowOld();
        await signer.Granted(OtherAct);
        Assert.Equal(5_000_000UL, Assert.IsType<SignerAnswer.Status>(await signer.Ask(new SignerAsk.OfStatus())).DayMicro);
    }

    [Fact]
    public async Task Never_where_it_has_landed()
    {
        await using var signer = await Start();
        var landed = Transaction.Parse((await signer.Granted(First)).Transaction);
        Show(landed, failure: null);

        Assert.Equal("landed", await signer.Refusal(Second));
        Assert.Equal("landed", await signer.Refusal(OtherAct));
    }

    [Fact]
    public async Task What_has_failed_for_ever_is_dead()
    {
        await using var signer = await Start();
        var failed = Transaction.Parse((await signer.Granted(First)).Transaction);
        Show(failed, new TransactionError.InstructionFailed(2, "Custom", 3));

        await signer.Granted(OtherAct);
    }

    [Fact]
    public async Task Not_with_another_amount_or_wallet_even_when_it_is_dead()
    {
        await using var signer = await Start();
        await signer.Granted(First);
        _nodes.GrowOld();
        var moved = TestBatch.Payout(2, "bob", walletSeed: 13, 2_000_000);

        Assert.Equal("payout-differs", await signer.Refusal(TestBatch.Ask(Guid.NewGuid(), 1, TestBatch.Bob(2_000_001))));
        Assert.Equal("payout-differs", await signer.Refusal(TestBatch.Ask(Guid.NewGuid(), 1, moved)));
    }

    [Fact]
    public async Task An_attempt_is_the_next_of_its_act()
    {
        await using var signer = await Start();

        Assert.Equal("attempt-differs", await signer.Refusal(Second));
        Assert.Equal("attempt-differs", await signer.Refusal(First with { Attempt = 0 }));
    }

    private void Show(Transaction transaction, TransactionError? failure)
    {
        foreach (var node in (TestNode[])[_nodes.Alpha, _nodes.Beta])
        {
            node.Statuses[transaction.Id] = new(1_010, Commitment.Finalized, failure);
            node.Landed[transaction.Id] = Landed(transaction, failure);
        }
    }

    private static LandedTransaction Landed(Transaction transaction, TransactionError? failure)
    {
        var plan = TestBatch.PlanOf(First.Payouts);
        var keys = transaction.Message.StaticKeys;
        TokenBalance Balance(PublicKey account, ulong micro) => new(keys.IndexOf(account), TestBatch.Mint, null, micro);
        var before = 1_000_000_000UL;
        var moved = failure is null ? 5_000_000UL : 0;
        return new(
            1_010, [.. transaction.Serialize()], failure, Fee: 5_000, [], [],
            [Balance(TestBatch.Terms.FloatTokens, before), .. plan.Payouts.Select(payout => Balance(payout.Account, 0))],
            [
                Balance(TestBatch.Terms.FloatTokens, before - moved),
                .. plan.Payouts.Select(payout => Balance(payout.Account, failure is null ? payout.AmountMicro : 0)),
            ],
            ComputeUnits: 1_000, BlockTime: null);
    }

    private Task<TestSigner> Start(string? dailyCap = null) =>
        TestSigner.Start(_home, _nodes, _time, dailyCap: dailyCap);
}
