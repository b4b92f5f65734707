using System.Text.Json.Nodes;
using Stk.Solana.Programs;
using Stk.Testing.Chain;

namespace Stk.Solana.Tests.Chain;

/// <summary>Blocks, supply and holders, as Solana's nodes tell of them.</summary>
public class BlockTests : RawNodeTest
{
    private static readonly object Full = new { commitment = "confirmed", maxSupportedTransactionVersion = 0 };

    [Fact]
    public async Task A_block_holds_what_landed_in_it_in_order()
    {
        await Advance(1);
        var first = await Land(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol));
        var second = await Land(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, 2 * Sol));
        var slot = (await Status(first))!.Slot;
        await Advance(3);

        var block = (await RawAlpha.Ask("getBlock", slot, Full))!;
        Assert.Equal([$"{first}", $"{second}"], block["transactions"]!.AsArray()
            .Select(one => one!["transaction"]!["signatures"]![0]!.ToString()));
        Assert.Equal("legacy", block["transactions"]![0]!["version"]!.ToString());
        AssertJson("[]", block["rewards"]);
        Assert.True(block["blockHeight"]!.GetValue<ulong>() < slot);
        Assert.Equal(
            block["previousBlockhash"]!.ToString(),
            (await RawAlpha.Ask("getBlock", block["parentSlot"]!.GetValue<ulong>(), Full))!["blockhash"]!.ToString());

        // Its transactions are what getTransaction gives of each.
        var alone = (await RawAlpha.Ask("getTransaction", $"{second}", Full))!;
        Assert.True(JsonNode.DeepEquals(alone["meta"], block["transactions"]![1]!["meta"]));
        Assert.True(JsonNode.DeepEquals(alone["transaction"], block["transactions"]![1]!["transaction"]));
        Assert.Equal(block["blockTime"]!.ToJsonString(), alone["blockTime"]!.ToJsonString());

        var names = await RawAlpha.Ask(
            "getBlock", slot, new { commitment = "confirmed", transactionDetails = "signatures", rewards = false });
        AssertJson($"""["{first}","{second}"]""", names!["signatures"]);
        Assert.False(names.AsObject().ContainsKey("transactions") || names.AsObject().ContainsKey("rewards"));
        var parsed = await RawAlpha.Ask(
            "getBlock", slot, new { encoding = "jsonParsed", commitment = "confirmed", maxSupportedTransactionVersion = 0 });
        Assert.Equal("transfer", parsed!["transactions"]![0]!["transaction"]!["message"]!["instructions"]![0]!["parsed"]!
            ["type"]!.ToString());
        var accounts = await RawAlpha.Ask("getBlock", slot, new
        {
            transactionDetails = "accounts",
            commitment = "confirmed",
            maxSupportedTransactionVersion = 0,
        });
        AssertJson(
            $$"""{"pubkey":"{{Payer.PublicKey}}","signer":true,"writable":true,"source":"transaction"}""",
            accounts!["transactions"]![0]!["transaction"]!["accountKeys"]![0]);
    }

    [Fact]
    public async Task A_slot_without_a_block_is_refused_with_its_reason()
    {
        var top = (await RawAlpha.Ask("getSlot", Confirmed))!.GetValue<ulong>();
        Assert.Equal(
            (-32004, $"Block not available for slot {top + 1}"), await RawAlpha.Refusal("getBlock", top + 1, Confirmed));
        Assert.Equal(
            (-32602, "Method does not support commitment below `confirmed`"),
            await RawAlpha.Refusal("getBlock", top, Processed));

        var blocks = Slots(await RawAlpha.Ask("getBlocks", 0, top, Confirmed));
        var skipped = Enumerable.Range(0, (int)top).Select(slot => (ulong)slot).First(slot => !blocks.Contains(slot));
        Assert.Equal(
            (-32007, $"Slot {skipped} was skipped, or missing due to ledger jump to recent snapshot"),
            await RawAlpha.Refusal("getBlock", skipped, Confirmed));

        await Chain.Command(new { command = "prune", node = "alpha", below = 20 });
        Assert.Equal(
            (-32001, "Block 19 cleaned up, does not exist on node. First available block: 20"),
            await RawAlpha.Refusal("getBlock", 19, Confirmed));
        Assert.Equal(blocks.Where(slot => slot >= 20), Slots(await RawAlpha.Ask("getBlocks", 0, top, Confirmed)));
        Assert.Equal(blocks.Contains(19UL), Slots(await RawBeta.Ask("getBlocks", 19, 19, Confirmed)).Count == 1);
    }

    [Fact]
    public async Task Blocks_are_listed_up_to_what_is_seen()
    {
        var final = (await RawAlpha.Ask("getSlot"))!.GetValue<ulong>();
        var all = Slots(await RawAlpha.Ask("getBlocks", 0));
        Assert.Equal(final, all[^1]);
        Assert.Equal(all.Order(), all);
        Assert.Equal((await RawAlpha.Ask("getBlockHeight"))!.GetValue<ulong>(), (ulong)all.Count - 1);
        Assert.True(Slots(await RawAlpha.Ask("getBlocks", 0, Confirmed)).Count > all.Count);
        Assert.Equal(all[..5], Slots(await RawAlpha.Ask("getBlocksWithLimit", 0, 5)));
        Assert.Empty(Slots(await RawAlpha.Ask("getBlocks", 30, 20)));
        Assert.Equal(
            (-32602, "Limit too large; max 500000"), await RawAlpha.Refusal("getBlocksWithLimit", 0, 500_001));
    }

    [Fact]
    public async Task Transactions_are_counted_at_each_commitment()
    {
        await Finalize();
        await Land(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol));
        // One is the airdrop.
        Assert.Equal(2, (await RawAlpha.Ask("getEpochInfo", Processed))!["transactionCount"]!.GetValue<int>());
        Assert.Equal(1, (await RawAlpha.Ask("getEpochInfo"))!["transactionCount"]!.GetValue<int>());
        Assert.Equal(2, (await RawAlpha.Ask("getTransactionCount", Processed))!.GetValue<int>());
        await Chain.Command(new { command = "fork", slots = 1 });
        Assert.Equal(1, (await RawAlpha.Ask("getEpochInfo", Processed))!["transactionCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_epoch_begins_where_the_schedule_says()
    {
        AssertJson(
            """
            {"slotsPerEpoch":432000,"leaderScheduleSlotOffset":432000,"warmup":false,"firstNormalEpoch":0,
             "firstNormalSlot":0}
            """, await RawAlpha.Ask("getEpochSchedule"));
        Assert.Equal(432_000, (await RawAlpha.Ask("getEpochInfo"))!["slotsInEpoch"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_supply_of_lamports_falls_by_the_fees()
    {
        await Finalize();
        var before = await Total("finalized");
        var landed = await Land(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol));
        Assert.Equal(before - 5_000, await Total("processed"));
        Assert.Equal(before, await Total("finalized"));
        await Chain.Command(new { command = "fork", slots = 1 });
        Assert.Null(await Status(landed));
        Assert.Equal(before, await Total("processed"));

        async Task<ulong> Total(string commitment)
        {
            var value = (await RawAlpha.Ask("getSupply", new { commitment }))!["value"]!;
            Assert.Equal(value["total"]!.ToJsonString(), value["circulating"]!.ToJsonString());
            AssertJson("[]", value["nonCirculatingAccounts"]);
            return value["total"]!.GetValue<ulong>();
        }
    }

    [Fact]
    public async Task The_largest_holders_come_first()
    {
        await MakeTokens();
        await Land(TokenProgram.TransferChecked(
            PayersTokens, OthersTokens, 700_000_000, 6, Payer.PublicKey, Mint.PublicKey));
        AssertJson(
            $$"""
            [{"address":"{{OthersTokens}}","amount":"700000000","decimals":6,"uiAmount":700,"uiAmountString":"700"},
             {"address":"{{PayersTokens}}","amount":"300000000","decimals":6,"uiAmount":300,"uiAmountString":"300"}]
            """, (await RawAlpha.Ask("getTokenLargestAccounts", $"{Mint.PublicKey}", Processed))!["value"]);
        Assert.Equal(
            (-32602, "Invalid param: not a Token mint"),
            await RawAlpha.Refusal("getTokenLargestAccounts", $"{Payer.PublicKey}", Processed));
    }

    [Fact]
    public async Task Blocks_with_transactions_are_there_after_a_restart_however_old()
    {
        var home = Directory.CreateTempSubdirectory("stk-chain-");
        try
        {
            JsonNode before;
            ulong slot, supply;
            await using (var chain = await LocalChain.Start(home.FullName))
            {
                using var nodes = new ChainNodes(chain.Nodes);
                using var raw = new RawNode(chain.Nodes[0].Url);
                var landed = (await nodes.Alpha.RequestAirdrop(
                    Payer.PublicKey, Sol, Solana.Rpc.Commitment.Processed, default)).Required();
                slot = (await nodes.Alpha.GetSignatureStatuses([landed], false, default)).Required()[0]!.Slot;
                await chain.Command(new { command = "advance", slots = 6_000 });
                before = (await raw.Ask("getBlock", slot, Full))!;
                supply = (await raw.Ask("getSupply"))!["value"]!["total"]!.GetValue<ulong>();
                Assert.Equal(
                    (-32009, $"Slot {slot + 1} was skipped, or missing in long-term storage"),
                    await raw.Refusal("getBlock", slot + 1, Full));
            }

            await using var again = await LocalChain.Start(home.FullName);
            using var same = new RawNode(again.Nodes[0].Url);
            Assert.True(JsonNode.DeepEquals(before, await same.Ask("getBlock", slot, Full)));
            Assert.Equal(supply, (await same.Ask("getSupply"))!["value"]!["total"]!.GetValue<ulong>());
            Assert.Equal(1, (await same.Ask("getTransactionCount"))!.GetValue<int>());
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static List<ulong> Slots(JsonNode? answer) => [.. answer!.AsArray().Select(slot => slot!.GetValue<ulong>())];
}
