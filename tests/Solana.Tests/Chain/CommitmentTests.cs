using Stk.Solana.Rpc;
using Stk.Testing;

namespace Stk.Solana.Tests.Chain;

public class CommitmentTests : ChainTest
{
    [Fact]
    public async Task A_transfer_is_processed_then_confirmed_then_final()
    {
        var transfer = await Transfer();
        Assert.Equal(transfer.Id, (await Send(Alpha, transfer)).Required());
        var seen = new List<Commitment>();
        for (var block = 0; block < 40; block++)
        {
            var status = await Status(transfer.Id);
            Assert.Null(status!.Failure);
            seen.Add(status.Commitment);
            await Advance(1);
        }

        Assert.Equal(seen.Order(), seen);
        Assert.Equal([Commitment.Processed, Commitment.Confirmed, Commitment.Finalized], seen.Distinct());
        Assert.True(seen.Count(one => one == Commitment.Confirmed) > 20);
    }

    [Fact]
    public async Task A_node_says_slot_and_height_of_one_moment_and_which_chain_it_follows()
    {
        await Finalize();
        var epoch = (await Alpha.GetEpochInfo(ReadAt.Finalized, default)).Required();

        Assert.Equal((await Alpha.GetSlot(ReadAt.Finalized, default)).Required(), epoch.AbsoluteSlot);
        Assert.Equal((await Alpha.GetBlockHeight(ReadAt.Finalized, default)).Required(), epoch.BlockHeight);
        Assert.Equal(
            (await Alpha.GetGenesisHash(default)).Required(), (await Beta.GetGenesisHash(default)).Required());
    }

    [Fact]
    public async Task A_state_is_shown_at_the_commitment_that_was_asked_for()
    {
        await Finalize();
        (await Send(Alpha, await Transfer(5 * Sol))).Required();

        Assert.Equal(5 * Sol, await Lamports(Other.PublicKey));
        Assert.Equal(0UL, await Lamports(Other.PublicKey, Commitment.Confirmed));
        await Advance(3);
        Assert.Equal(5 * Sol, await Lamports(Other.PublicKey, Commitment.Confirmed));
        Assert.Equal(0UL, await Lamports(Other.PublicKey, Commitment.Finalized));
        await Finalize();
        Assert.Equal(5 * Sol, await Lamports(Other.PublicKey, Commitment.Finalized));
    }

    [Fact]
    public async Task Heights_run_behind_slots_and_the_second_node_behind_the_first()
    {
        var slot = (await Alpha.GetSlot(ReadAt.Processed, default)).Required();
        var height = (await Alpha.GetBlockHeight(ReadAt.Processed, default)).Required();
        Assert.True(height < slot);
        Assert.True((await Beta.GetSlot(ReadAt.Processed, default)).Required() < slot);
        Assert.True((await Alpha.GetSlot(ReadAt.Finalized, default)).Required() <= slot - 32);
    }

    [Fact]
    public async Task A_blockhash_is_good_for_150_blocks_and_not_for_one_more()
    {
        var (first, second) = (await Transfer(1 * Sol), await Transfer(2 * Sol));
        await Advance(150);
        (await Send(Alpha, first)).Required();
        Assert.NotNull(await Status(first.Id));

        await Advance(1);
        var refused = Assert.IsType<RpcError.PreflightFailed>((await Send(Alpha, second)).Error);
        Assert.True(refused.Cause.IsBlockhashNotFound);
        Assert.Null(await Status(second.Id));
    }

    [Fact]
    public async Task The_last_valid_height_is_that_of_the_blockhash_and_150()
    {
        var height = (await Alpha.GetBlockHeight(ReadAt.Confirmed, default)).Required();
        var latest = (await Alpha.GetLatestBlockHash(ReadAt.Confirmed, default)).Required();
        Assert.Equal(height + 150, latest.LastValidBlockHeight);
    }

    [Fact]
    public async Task Slots_advance_by_themselves_where_they_are_told_to()
    {
        await using var chain = await Testing.Chain.LocalChain.Start(slotMs: 2);
        using var nodes = new ChainNodes(chain.Nodes);
        var first = (await nodes.Alpha.GetSlot(ReadAt.Processed, default)).Required();
        using var patience = HangLimit.StepSource();
        while ((await nodes.Alpha.GetSlot(ReadAt.Processed, patience.Token)).Required() < first + 20)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
