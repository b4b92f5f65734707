using System.Text.Json.Nodes;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Solana.Tests.Chain;

/// <summary>Nodes that do not see what others see: one that lies, two at two forks, one of another chain.</summary>
public class ForkedNodeTests : RawNodeTest
{
    [Fact]
    public async Task A_node_that_lies_about_a_signature_finds_it_nowhere()
    {
        await MakeTokens();
        var transfer = await Land(
            TokenProgram.TransferChecked(PayersTokens, OthersTokens, 5, 6, Payer.PublicKey, Mint.PublicKey));
        var slot = (await Status(transfer))!.Slot;
        await Chain.Command(new { command = "lie", node = "beta", signatures = new[] { $"{transfer}" } });
        await Finalize();
        await Chain.Command(new { command = "advance", slots = 10 });

        Assert.Null((await Beta.GetSignatureStatuses([transfer], searchHistory: false, default)).Required()[0]);
        Assert.Null((await Beta.GetSignatureStatuses([transfer], searchHistory: true, default)).Required()[0]);
        Assert.Null((await Beta.GetTransaction(transfer, Commitment.Finalized, default)).Required());
        Assert.DoesNotContain(transfer, await Signatures(Beta));
        Assert.DoesNotContain($"{transfer}", await InBlock(RawBeta));
        // Only that it does not tell: the tokens are there, and so is all else.
        Assert.Equal(5UL, (await Beta.GetTokenAccountBalance(OthersTokens, ReadAt.Finalized, default)).Required().Amount);
        Assert.NotEmpty(await Signatures(Beta));

        // The other is honest.
        Assert.NotNull(await Status(transfer, searchHistory: true));
        Assert.Contains(transfer, await Signatures(Alpha));
        Assert.Contains($"{transfer}", await InBlock(RawAlpha));
        await Chain.Command(new { command = "heal" });
        Assert.NotNull((await Beta.GetSignatureStatuses([transfer], searchHistory: true, default)).Required()[0]);

        async Task<IEnumerable<string>> InBlock(RawNode node) =>
            (await node.Ask("getBlock", slot, new { transactionDetails = "signatures" }))!["signatures"]!.AsArray()
                .Select(one => one!.ToString());
    }

    [Fact]
    public async Task A_node_that_lies_about_an_address_says_that_there_is_nothing()
    {
        await MakeTokens();
        await Finalize();
        await Chain.Command(new
        {
            command = "lie",
            node = "alpha",
            addresses = new[] { $"{PayersTokens}", $"{Other.PublicKey}" },
        });

        Assert.Null((await Alpha.GetAccountInfo(PayersTokens, ReadAt.Finalized, default)).Required());
        Assert.Empty((await Alpha.GetSignaturesForAddress(
            PayersTokens, ReadAt.Finalized, 10, null, null, default)).Required());
        Assert.Equal(
            (-32602, "Invalid param: could not find account"),
            await RawAlpha.Refusal("getTokenAccountBalance", $"{PayersTokens}"));
        Assert.Empty(await Owned(Payer.PublicKey));
        Assert.Empty(await Owned(Other.PublicKey));
        Assert.Equal(0, (await RawAlpha.Ask("getBalance", $"{Other.PublicKey}"))!["value"]!.GetValue<int>());
        Assert.Equal(
            [$"{OthersTokens}"],
            (await RawAlpha.Ask("getTokenLargestAccounts", $"{Mint.PublicKey}"))!["value"]!.AsArray()
                .Select(one => one!["address"]!.ToString()));

        Assert.NotNull((await Beta.GetAccountInfo(PayersTokens, ReadAt.Finalized, default)).Required());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Chain.Command(new { command = "lie", node = "alpha" }));

        async Task<JsonArray> Owned(PublicKey owner) => (await RawAlpha.Ask(
            "getTokenAccountsByOwner", $"{owner}", new { mint = $"{Mint.PublicKey}" }, new { encoding = "base64" }))!
            ["value"]!.AsArray();
    }

    [Fact]
    public async Task Two_nodes_stay_on_two_forks_until_healed()
    {
        await Finalize();
        var (here, there, both) = (await Transfer(1 * Sol), await Transfer(2 * Sol), await Transfer(4 * Sol));
        await Advance(5);
        await Chain.Command(new { command = "split", node = "beta", slots = 3 });
        (await Send(Alpha, here)).Required();
        (await SendToFork(there)).Required();
        (await Send(Alpha, both)).Required();
        (await SendToFork(both)).Required();
        await Chain.Command(new { command = "advance", slots = 60 });

        Assert.Equal(Commitment.Finalized, (await Status(here.Id))!.Commitment);
        Assert.Null(await Status(there.Id, searchHistory: true));
        Assert.Null(await AtFork(here));
        Assert.Equal(5 * Sol, await Lamports(Other.PublicKey));
        // Without a majority's votes nothing there is confirmed, and time goes on all the same.
        Assert.Equal(Commitment.Processed, (await AtFork(there))!.Commitment);
        Assert.Equal(Commitment.Processed, (await AtFork(both))!.Commitment);
        Assert.Equal(
            6 * Sol, (await Beta.GetAccountInfo(Other.PublicKey, ReadAt.Processed, default)).Required()!.Lamports);
        Assert.Null((await Beta.GetAccountInfo(Other.PublicKey, ReadAt.Finalized, default)).Required());
        Assert.True(await Slot(Beta, Commitment.Processed) > await Slot(Beta, Commitment.Finalized) + 60);
        Assert.True(await Slot(Alpha, Commitment.Finalized) > await Slot(Beta, Commitment.Finalized));
        var again = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Chain.Command(new { command = "split", node = "beta" }));
        Assert.Contains("has left the chain already", again.Message, StringComparison.Ordinal);

        var healed = await Chain.Command(new { command = "heal" });
        Assert.Equal([$"{there.Id}"], healed["vanished"]!.AsArray().Select(one => one!.ToString()));
        Assert.Null(await AtFork(there));
        Assert.Equal(Commitment.Finalized, (await AtFork(here))!.Commitment);
        Assert.Equal(await Slot(Alpha, Commitment.Processed), await Slot(Beta, Commitment.Processed));
    }

    [Fact]
    public async Task What_landed_on_a_fork_can_land_on_the_chain_when_it_is_healed()
    {
        await Finalize();
        var there = await Transfer();
        await Advance(5);
        await Chain.Command(new { command = "split", node = "beta" });
        (await SendToFork(there)).Required();
        await Advance(10);
        Assert.NotNull(await AtFork(there));
        Assert.Null(await Status(there.Id));

        var healed = await Chain.Command(new { command = "heal", reland = 1 });
        Assert.Equal([$"{there.Id}"], healed["landed"]!.AsArray().Select(one => one!.ToString()));
        Assert.NotNull(await Status(there.Id));
        Assert.Equal(Sol, await Lamports(Other.PublicKey));
    }

    // What no network does, and one node may say: nothing is to be taken for final on one node's word.
    [Fact]
    public async Task A_fork_that_is_final_to_its_node_vanishes_all_the_same()
    {
        await Finalize();
        var there = await Transfer();
        await Advance(5);
        await Chain.Command(new { command = "split", node = "beta", final = true });
        (await SendToFork(there)).Required();
        await Finalize();
        await Chain.Command(new { command = "advance", slots = 5 });
        Assert.Equal(Commitment.Finalized, (await AtFork(there))!.Commitment);
        Assert.Null(await Status(there.Id, searchHistory: true));
        await Chain.Command(new { command = "heal" });
        Assert.Null(await AtFork(there));
    }

    [Fact]
    public async Task A_node_far_from_what_the_others_confirm_says_so()
    {
        await Finalize();
        await Chain.Command(new { command = "advance", slots = 5 });
        await Chain.Command(new { command = "split", node = "beta" });
        Assert.True((await Beta.GetHealth(default)).Required());
        await Chain.Command(new { command = "advance", slots = 200 });
        Assert.True(Assert.IsType<RpcError.NodeBehind>((await Beta.GetHealth(default)).Error).Slots > 128);
        // What was final when it parted is there to be shown, however long it is.
        await Chain.Command(new { command = "advance", slots = 3_000 });
        Assert.Equal(
            100 * Sol, (await Beta.GetAccountInfo(Payer.PublicKey, ReadAt.Finalized, default)).Required()!.Lamports);
        await Chain.Command(new { command = "heal" });
        Assert.True((await Beta.GetHealth(default)).Required());
    }

    [Fact]
    public async Task Another_chain_behind_the_same_address_knows_nothing_of_ours()
    {
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();
        await Finalize();
        var ours = await Genesis(RawAlpha);
        Assert.Equal(ours, await Genesis(RawBeta));

        await Chain.Command(new { command = "genesis", node = "beta" });
        Assert.NotEqual(ours, await Genesis(RawBeta));
        // As old as ours, so that neither height nor slot gives it away.
        Assert.True(await Slot(Beta, Commitment.Finalized) + 10 >= await Slot(Alpha, Commitment.Finalized));
        Assert.Null(await AtFork(transfer));
        Assert.Null((await Beta.GetAccountInfo(Other.PublicKey, ReadAt.Finalized, default)).Required());
        var refused = Assert.IsType<RpcError.PreflightFailed>((await Send(Beta, await Transfer(2 * Sol))).Error);
        Assert.True(refused.Cause.IsBlockhashNotFound);
        await Chain.Command(new { command = "advance", slots = 50 });
        Assert.True(await Slot(Beta, Commitment.Finalized) + 10 >= await Slot(Alpha, Commitment.Finalized));

        var healed = await Chain.Command(new { command = "heal" });
        Assert.Empty(healed["vanished"]!.AsArray());
        Assert.Equal(ours, await Genesis(RawBeta));
        Assert.NotNull(await AtFork(transfer));
    }

    [Fact]
    public async Task Behind_all_addresses_can_be_one_other_chain()
    {
        var ours = await Genesis(RawAlpha);
        await Chain.Command(new { command = "genesis" });
        var other = await Genesis(RawAlpha);
        Assert.NotEqual(ours, other);
        Assert.Equal(other, await Genesis(RawBeta));
        await Chain.Command(new { command = "heal" });
        Assert.Equal(ours, await Genesis(RawAlpha));
    }

    private static async Task<string> Genesis(RawNode node) => (await node.Ask("getGenesisHash"))!.ToString();

    // Its blockhash is older than the fork, and both nodes have it.
    private Task<RpcResult<Signature>> SendToFork(Transaction transaction) => Send(Beta, transaction);

    private async Task<SignatureStatus?> AtFork(Transaction transaction) =>
        (await Beta.GetSignatureStatuses([transaction.Id], searchHistory: true, default)).Required()[0];

    private static async Task<ulong> Slot(IRpcClient node, Commitment commitment) =>
        (await node.GetSlot(new(commitment), default)).Required();

    private async Task<IEnumerable<Signature>> Signatures(IRpcClient node) =>
        (await node.GetSignaturesForAddress(OthersTokens, ReadAt.Finalized, 100, null, null, default)).Required()
            .Select(one => one.Signature);
}
