using System.Net.WebSockets;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.Chain;

/// <summary>What a node tells those who subscribe, in the order in which it happens.</summary>
public class SubscriptionTests : RawNodeTest
{
    [Fact]
    public async Task A_signature_is_told_once_when_it_reaches_the_commitment()
    {
        using var node = await Subscriber.Connect(Chain.Nodes[0].Url);
        var transfer = await Transfer();
        var confirmed = await node.Subscribe("signatureSubscribe", $"{transfer.Id}", Confirmed);
        var final = await node.Subscribe("signatureSubscribe", $"{transfer.Id}");
        var processed = await node.Subscribe("signatureSubscribe", $"{transfer.Id}", Processed);
        Assert.Equal(3, new[] { confirmed, final, processed }.Distinct().Count());

        (await Send(Alpha, transfer)).Required();
        var told = await node.Notification("signatureNotification", processed);
        AssertJson("""{"err":null}""", told["value"]);
        var landed = (await Status(transfer.Id))!.Slot;
        Assert.Equal(landed, told["context"]!["slot"]!.GetValue<ulong>());
        await Advance(3);
        Assert.True((await node.Notification("signatureNotification", confirmed))["context"]!["slot"]!
            .GetValue<ulong>() >= landed);
        await Finalize();
        AssertJson("""{"err":null}""", (await node.Notification("signatureNotification", final))["value"]);

        // Told once: it is no subscription any more.
        AssertJson(
            """{"code":-32602,"message":"Invalid subscription id."}""",
            (await node.Call("signatureUnsubscribe", final))["error"]);
    }

    [Fact]
    public async Task What_has_landed_already_is_told_at_once_with_its_error()
    {
        using var node = await Subscriber.Connect(Chain.Nodes[0].Url);
        var failing = (await Builder()).AddInstruction(new(
            SystemProgram.ProgramId, [AccountMeta.Writable(Payer.PublicKey, isSigner: true)], [0xFF, 0xFF, 0xFF, 0xFF]))
            .Build(Payer);
        (await Alpha.SendTransaction(failing, new(SkipPreflight: true), default)).Required();
        var id = await node.Subscribe("signatureSubscribe", $"{failing.Id}", Processed);
        AssertJson(
            """{"err":{"InstructionError":[0,"InvalidInstructionData"]}}""",
            (await node.Notification("signatureNotification", id))["value"]);
    }

    [Fact]
    public async Task An_account_is_told_each_time_that_it_is_another()
    {
        using var node = await Subscriber.Connect(Chain.Nodes[0].Url);
        await MakeTokens();
        await Advance(4);
        var lamports = await node.Subscribe("accountSubscribe", $"{Other.PublicKey}", Processed);
        var tokens = await node.Subscribe(
            "accountSubscribe", $"{OthersTokens}", new { encoding = "jsonParsed", commitment = "processed" });

        await Land(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol));
        var paid = (await node.Notification("accountNotification", lamports))["value"]!;
        Assert.Equal(Sol, paid["lamports"]!.GetValue<ulong>());
        await Land(TokenProgram.TransferChecked(PayersTokens, OthersTokens, 5, 6, Payer.PublicKey, Mint.PublicKey));
        var told = (await node.Notification("accountNotification", tokens))["value"]!;
        Assert.Equal("5", told["data"]!["parsed"]!["info"]!["tokenAmount"]!["amount"]!.ToString());

        // A fork takes both back, and one is gone.
        await Chain.Command(new { command = "fork", slots = 3 });
        var gone = (await node.Notification("accountNotification", lamports))["value"]!;
        Assert.Equal((0UL, $"{SystemProgram.ProgramId}"), (gone["lamports"]!.GetValue<ulong>(), gone["owner"]!.ToString()));
        await node.Notification("accountNotification", tokens);

        Assert.True((await node.Call("accountUnsubscribe", lamports))["result"]!.GetValue<bool>());
        Assert.True((await node.Call("accountUnsubscribe", tokens))["result"]!.GetValue<bool>());
        await Chain.Command(new { command = "advance", blocks = 1 });
        await Land(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol));
        Assert.Equal("Method not found", (await node.Call("voteSubscribe"))["error"]!["message"]!.ToString());
    }

    [Fact]
    public async Task Each_block_is_told_and_each_node_tells_what_it_sees()
    {
        using var alpha = await Subscriber.Connect(Chain.Nodes[0].Url);
        using var beta = await Subscriber.Connect(Chain.Nodes[1].Url);
        var last = (await RawAlpha.Ask("getSlot", Processed))!.GetValue<ulong>();
        var behind = (await RawBeta.Ask("getSlot", Processed))!.GetValue<ulong>();
        var (atAlpha, atBeta) = (await alpha.Subscribe("slotSubscribe"), await beta.Subscribe("slotSubscribe"));
        await Advance(20);
        for (var block = 0; block < 20; block++)
        {
            var told = await alpha.Notification("slotNotification", atAlpha);
            Assert.Equal(last, told["parent"]!.GetValue<ulong>());
            last = told["slot"]!.GetValue<ulong>();
            Assert.True(told["root"]!.GetValue<ulong>() <= last - 32);
        }

        Assert.Equal((await RawAlpha.Ask("getSlot", Processed))!.GetValue<ulong>(), last);
        Assert.Equal(behind, (await beta.Notification("slotNotification", atBeta))["parent"]!.GetValue<ulong>());
        Assert.True((await alpha.Call("slotUnsubscribe", atAlpha))["result"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_a_ping_is_not_answered()
    {
        using var node = await Subscriber.Connect(Chain.Nodes[0].Url);
        await node.SendText("""{"jsonrpc":"2.0","method":"ping"}""");
        AssertJson(
            """{"code":-32602,"message":"Invalid Request: Invalid signature provided"}""",
            (await node.Call("signatureSubscribe", "abc"))["error"]);
        AssertJson(
            """{"code":-32602,"message":"Invalid Request: Invalid Pubkey provided"}""",
            (await node.Call("accountSubscribe", "abc"))["error"]);
        Assert.Equal(-32602, (await node.Call(
            "accountSubscribe", $"{Payer.PublicKey}", new { commitment = "soon" }))["error"]!["code"]!.GetValue<int>());
        // Another's subscription is not ours to end.
        using var other = await Subscriber.Connect(Chain.Nodes[0].Url);
        var theirs = await other.Subscribe("slotSubscribe");
        Assert.NotNull((await node.Call("slotUnsubscribe", theirs))["error"]);
        await node.SendText("{");
        Assert.Equal(-32700, (await node.Receive())["error"]!["code"]!.GetValue<int>());
        await Assert.ThrowsAsync<WebSocketException>(() => Subscriber.Connect(new(Chain.Nodes[0].Url, "/gamma")));
    }

    [Fact]
    public async Task The_faults_of_answers_are_those_of_subscriptions_too()
    {
        using var node = await Subscriber.Connect(Chain.Nodes[0].Url);
        await Chain.Command(new { command = "fault", kind = "rpc-error", code = -32005, method = "slotSubscribe" });
        Assert.Equal(-32005, (await node.Call("slotSubscribe"))["error"]!["code"]!.GetValue<int>());
        await Chain.Command(new { command = "fault", kind = "lose-answer", method = "slotSubscribe" });
        await Assert.ThrowsAsync<WebSocketException>(() => node.Call("slotSubscribe"));
        using var again = await Subscriber.Connect(Chain.Nodes[0].Url);
        await Chain.Command(new { command = "fault", kind = "status", method = "slotSubscribe" });
        await Assert.ThrowsAsync<WebSocketException>(() => again.Call("slotSubscribe"));
    }
}
