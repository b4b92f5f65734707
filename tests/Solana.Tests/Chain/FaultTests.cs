using System.Diagnostics;
using System.Net;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;

namespace Stk.Solana.Tests.Chain;

/// <summary>What a network and its nodes do, by command, and what our client makes of it.</summary>
public class FaultTests : ChainTest
{
    [Fact]
    public async Task A_dropped_transaction_is_answered_and_never_lands()
    {
        await Fault(new { command = "fault", kind = "drop" });
        var dropped = await Transfer();
        Assert.Equal(dropped.Id, (await Send(Alpha, dropped)).Required());
        Assert.Null(await Status(dropped.Id));

        await Chain.Command(new { command = "expire" });
        Assert.Null(await Status(dropped.Id, searchHistory: true));
        Assert.Equal(0UL, await Lamports(Other.PublicKey));
    }

    [Fact]
    public async Task What_was_dropped_lands_when_the_same_bytes_are_sent_again()
    {
        await Fault(new { command = "fault", kind = "drop" });
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();
        (await Send(Alpha, transfer)).Required();
        Assert.NotNull(await Status(transfer.Id));
        Assert.Equal(Sol, await Lamports(Other.PublicKey));
    }

    [Fact]
    public async Task A_delayed_transaction_lands_blocks_later()
    {
        await Fault(new { command = "fault", kind = "delay", blocks = 10 });
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();
        await Advance(9);
        Assert.Null(await Status(transfer.Id));
        await Advance(1);
        Assert.NotNull(await Status(transfer.Id));
    }

    // The trap of every settlement: a look one block too early says "lost", and a second payout follows.
    [Fact]
    public async Task A_late_transaction_lands_in_the_last_block_that_can_take_it()
    {
        await Fault(new { command = "fault", kind = "late" });
        var latest = (await Alpha.GetLatestBlockHash(ReadAt.Processed, default)).Required();
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();

        await Advance(149);
        Assert.Null(await Status(transfer.Id, searchHistory: true));
        await Advance(1);
        Assert.Equal(latest.LastValidBlockHeight, (await Alpha.GetBlockHeight(ReadAt.Processed, default)).Required());
        Assert.NotNull(await Status(transfer.Id));
    }

    [Fact]
    public async Task A_lost_answer_of_a_send_that_landed_shows_as_already_processed()
    {
        await Fault(new { command = "fault", kind = "lose-answer", method = "sendTransaction" });
        var transfer = await Transfer();
        var result = await Send(Alpha, transfer);

        // The client asks again by itself, and the node has it already.
        var refused = Assert.IsType<RpcError.PreflightFailed>(result.Error);
        Assert.True(refused.Cause.IsAlreadyProcessed);
        Assert.True(refused.MayHaveBeenTaken);
        Assert.Equal(Sol, await Lamports(Other.PublicKey));
    }

    [Fact]
    public async Task A_node_whose_answers_are_all_lost_is_unreachable_and_may_have_taken_it()
    {
        await Fault(new { command = "fault", kind = "lose-answer", times = 10, method = "sendTransaction" });
        var transfer = await Transfer();
        var result = await Send(Alpha, transfer);

        Assert.True(Assert.IsType<RpcError.Unreachable>(result.Error).MayHaveBeenTaken);
        Assert.NotNull(await Status(transfer.Id));
    }

    [Fact]
    public async Task A_node_that_asks_for_patience_is_given_it()
    {
        await Fault(new { command = "fault", kind = "status", status = 429, retryAfter = 1, method = "getSlot" });
        var started = Stopwatch.GetTimestamp();
        (await Alpha.GetSlot(ReadAt.Processed, default)).Required();
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.95));
    }

    [Fact]
    public async Task A_node_that_asks_for_too_much_patience_is_not_asked_again()
    {
        // Once: a second question would be answered.
        await Fault(new { command = "fault", kind = "status", status = 429, retryAfter = 60, method = "getSlot" });
        var result = await Alpha.GetSlot(ReadAt.Processed, default);
        Assert.Equal(new RpcError.RateLimited(TimeSpan.FromSeconds(60)), result.Error);
        Assert.False(result.Error!.MayHaveBeenTaken);
    }

    [Fact]
    public async Task A_status_of_503_is_asked_again_and_told_where_it_stays()
    {
        await Fault(new { command = "fault", kind = "status", status = 503, times = 2 });
        (await Alpha.GetSlot(ReadAt.Processed, default)).Required();
        await Fault(new { command = "fault", kind = "status", status = 503, times = 3 });
        Assert.Equal(new RpcError.Unavailable(503), (await Alpha.GetSlot(ReadAt.Processed, default)).Error);
        (await Alpha.GetSlot(ReadAt.Processed, default)).Required();
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"behind","data":{"numSlotsBehind":7}}}""", true)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":400,"message":"bad"}}""", false)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":5}""", false)]
    [InlineData("<html>bad</html>", false)]
    public async Task An_error_of_the_node_is_read_under_a_status_too(string text, bool isRead)
    {
        await Fault(new { command = "fault", kind = "status", status = 400, text });
        RpcError expected = isRead ? new RpcError.NodeBehind(7) : new RpcError.Unavailable(400);
        Assert.Equal(expected, (await Alpha.GetSlot(ReadAt.Processed, default)).Error);
    }

    [Fact]
    public async Task A_node_that_never_answers_times_out()
    {
        using var hasty = new ChainNodes(Chain.Nodes, attemptTimeoutMs: 150, retries: 1);
        await Fault(new { command = "fault", kind = "hang", times = 2 });
        var result = await hasty.Alpha.GetSlot(ReadAt.Processed, default);
        Assert.IsType<RpcError.TimedOut>(result.Error);
    }

    [Fact]
    public async Task Half_an_answer_is_garbled()
    {
        await Fault(new { command = "fault", kind = "garbage" });
        Assert.IsType<RpcError.Garbled>((await Alpha.GetSlot(ReadAt.Processed, default)).Error);
        await Fault(new { command = "fault", kind = "garbage", text = """{"jsonrpc":"2.0","id":1,"result":-5}""" });
        Assert.IsType<RpcError.Garbled>((await Alpha.GetSlot(ReadAt.Processed, default)).Error);
    }

    [Fact]
    public async Task A_fault_of_one_node_leaves_the_other_alone()
    {
        await Fault(new { command = "fault", kind = "status", status = 503, times = 100, node = "alpha" });
        Assert.IsType<RpcError.Unavailable>((await Alpha.GetSlot(ReadAt.Processed, default)).Error);
        (await Beta.GetSlot(ReadAt.Processed, default)).Required();
    }

    [Fact]
    public async Task Faults_by_chance_are_the_same_for_the_same_seed()
    {
        var first = await Faulted(seed: 7);
        Assert.Equal(first, await Faulted(seed: 7));
        Assert.NotEqual(first, await Faulted(seed: 8));
        Assert.Contains(true, first);
        Assert.Contains(false, first);

        static async Task<List<bool>> Faulted(int seed)
        {
            await using var chain = await Testing.Chain.LocalChain.Start(seed: seed);
            using var nodes = new ChainNodes(chain.Nodes);
            await chain.Command(new { command = "fault", kind = "garbage", times = 1_000, probability = 0.5 });
            var results = new List<bool>();
            for (var call = 0; call < 40; call++)
            {
                results.Add((await nodes.Alpha.GetSlot(ReadAt.Processed, default)).Error is not null);
            }

            return results;
        }
    }

    [Fact]
    public async Task A_lagging_node_does_not_know_what_is_new()
    {
        await Chain.Command(new { command = "lag", node = "beta", slots = 20 });
        var seen = (await Alpha.GetSlot(ReadAt.Processed, default)).Required();
        var transfer = await Transfer();

        var tooNew = await Beta.GetSlot(new(Commitment.Processed, seen), default);
        Assert.True(Assert.IsType<RpcError.MinContextSlotNotReached>(tooNew.Error).ContextSlot < seen);
        var refused = Assert.IsType<RpcError.PreflightFailed>((await Send(Beta, transfer)).Error);
        Assert.True(refused.Cause.IsBlockhashNotFound);

        (await Send(Alpha, transfer)).Required();
        Assert.NotNull(await Status(transfer.Id));
        Assert.Null((await Beta.GetSignatureStatuses([transfer.Id], searchHistory: true, default)).Required()[0]);
        Assert.Null((await Beta.GetAccountInfo(Other.PublicKey, ReadAt.Processed, default)).Required());
    }

    [Fact]
    public async Task A_node_far_behind_says_by_how_much()
    {
        Assert.True((await Beta.GetHealth(default)).Required());
        await Chain.Command(new { command = "lag", node = "beta", slots = 200 });
        Assert.Equal(new RpcError.NodeBehind(200), (await Beta.GetHealth(default)).Error);
        Assert.True((await Alpha.GetHealth(default)).Required());
    }

    [Fact]
    public async Task A_node_with_pruned_history_finds_nothing_and_says_from_where_it_knows()
    {
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();
        var landed = (await Status(transfer.Id))!.Slot;
        await Chain.Command(new { command = "advance", slots = 400 });
        await Chain.Command(new { command = "prune", node = "beta", below = landed + 1 });

        Assert.Equal(landed + 1, (await Beta.GetFirstAvailableBlock(default)).Required());
        Assert.Null((await Beta.GetTransaction(transfer.Id, Commitment.Finalized, default)).Required());
        Assert.Null((await Beta.GetSignatureStatuses([transfer.Id], searchHistory: true, default)).Required()[0]);
        Assert.Empty(
            (await Beta.GetSignaturesForAddress(Other.PublicKey, ReadAt.Finalized, 10, null, null, default)).Required());
        Assert.NotNull(await Status(transfer.Id, searchHistory: true));
    }

    [Fact]
    public async Task A_forgotten_signature_is_found_in_history_only()
    {
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();
        await Chain.Command(new { command = "forget", node = "alpha", signatures = new[] { transfer.Id.ToString() } });
        Assert.Null(await Status(transfer.Id));
        Assert.NotNull(await Status(transfer.Id, searchHistory: true));
    }

    [Fact]
    public async Task The_recent_cache_forgets_by_itself()
    {
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();
        await Chain.Command(new { command = "advance", slots = 350 });
        Assert.Null(await Status(transfer.Id));
        Assert.NotNull(await Status(transfer.Id, searchHistory: true));
    }

    [Fact]
    public async Task A_confirmed_transaction_vanishes_with_its_fork()
    {
        await Finalize();
        var height = (await Alpha.GetBlockHeight(ReadAt.Processed, default)).Required();
        var before = await Lamports(Payer.PublicKey);
        await Advance(1);
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();
        await Advance(4);
        Assert.Equal(Commitment.Confirmed, (await Status(transfer.Id))!.Commitment);

        var slot = (await Alpha.GetSlot(ReadAt.Processed, default)).Required();
        var forked = await Chain.Command(new { command = "fork", slots = 12 });
        Assert.Equal([transfer.Id.ToString()], forked["vanished"]!.AsArray().Select(one => one!.ToString()));
        Assert.Null(await Status(transfer.Id, searchHistory: true));
        Assert.Equal(before, await Lamports(Payer.PublicKey));
        Assert.Equal(0UL, await Lamports(Other.PublicKey));
        Assert.True((await Alpha.GetSlot(ReadAt.Processed, default)).Required() > slot);
        Assert.True((await Alpha.GetBlockHeight(ReadAt.Processed, default)).Required() <= height + 1);

        // Its blockhash was of that fork: it can never land.
        (await Alpha.SendTransaction(transfer, new(SkipPreflight: true), default)).Required();
        Assert.Null(await Status(transfer.Id));
    }

    [Fact]
    public async Task A_transaction_of_an_older_blockhash_lands_again_on_the_other_fork()
    {
        var transfer = await Transfer();
        await Advance(20);
        (await Send(Alpha, transfer)).Required();
        await Advance(3);
        var forked = await Chain.Command(new { command = "fork", slots = 8, reland = 1 });
        Assert.Equal([transfer.Id.ToString()], forked["landed"]!.AsArray().Select(one => one!.ToString()));
        Assert.NotNull(await Status(transfer.Id));
        Assert.Equal(Sol, await Lamports(Other.PublicKey));
    }

    [Fact]
    public async Task A_finalized_transaction_cannot_vanish()
    {
        var transfer = await Transfer();
        (await Send(Alpha, transfer)).Required();
        await Finalize();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Chain.Command(new { command = "fork", slots = 39 }));
        Assert.NotNull(await Status(transfer.Id));
    }

    [Fact]
    public async Task Healing_ends_all_faults()
    {
        await Fault(new { command = "fault", kind = "status", status = 503, times = 1_000 });
        await Chain.Command(new { command = "lag", node = "beta", slots = 300 });
        await Chain.Command(new { command = "heal" });
        (await Alpha.GetSlot(ReadAt.Processed, default)).Required();
        Assert.True((await Beta.GetHealth(default)).Required());
    }

    [Fact]
    public async Task A_page_in_a_browser_may_ask_a_node_and_not_command_the_chain()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        using var command = new StringContent("""{"command":"expire"}""");
        using var refused = await http.PostAsync(Chain.Control, command);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var question = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"getHealth"}""");
        using var answered = await http.PostAsync(Chain.Nodes[0].Url, question);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Contains("*", answered.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_signature_that_is_wrong_is_refused_with_its_name()
    {
        var transfer = await Transfer();
        var forged = transfer with { Signatures = [new Signature([.. Enumerable.Repeat((byte)1, 64)])] };
        Assert.IsType<RpcError.SignatureRejected>((await Send(Alpha, forged)).Error);
    }

    [Fact]
    public async Task A_question_that_makes_no_sense_is_refused_with_its_name()
    {
        var result = await Alpha.GetTokenSupply(Other.PublicKey, ReadAt.Processed, default);
        Assert.IsType<RpcError.InvalidParams>(result.Error);
    }

    private async Task Fault(object command) => await Chain.Command(command);
}
