using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Stk.GrainInterfaces.ChainActs;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Settling;
using Stk.GrainInterfaces.Statements;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Tests.Payouts;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.ChainActs.KeyHolders;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.ChainActs;

/// <summary>Acts whose keys no service has: from one operator's word to the chain.</summary>
[Collection(EconomyCollection.Name)]
#pragma warning disable CA1001 // xunit calls DisposeAsync of IAsyncLifetime, which disposes them.
public sealed class ChainActTests(EconomyServer server) : IAsyncLifetime
#pragma warning restore CA1001
{
    private KeyHolders? _holders;
    private TestEconomy? _economy;

    private TestEconomy Economy => _economy ?? throw new InvalidOperationException("not begun");

    private KeyHolders Holders => _holders ?? throw new InvalidOperationException("not begun");

    public async Task InitializeAsync()
    {
        _holders = await Begin();
        var settings = _holders.Settings();
        settings["Stk:Settlement:FloatMax"] = "400";
        _economy = await server.NewEconomy(new(More: settings));
        await _economy.Begin(TestEconomy.FirstWeek);
        await _holders.MakeVault(_economy);
    }

    public async Task DisposeAsync()
    {
        if (_economy is not null)
        {
            await _economy.DisposeAsync();
        }

        if (_holders is not null)
        {
            await _holders.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_mint_a_refill_a_burn_and_a_memo_land_once_each_by_the_holders_of_their_keys()
    {
        var keys = Holders.Keys;
        await Burn(Amount.OfStk(50));

        var minted = await Land(Economy, await Approved(Economy, "mint", Amount.OfStk(1_000)), keys.MintAuthority);
        var refilled = await Land(Economy, await Approved(Economy, "refill", Amount.OfStk(300)), keys.Vault);
        var burned = await Land(Economy, await Approved(Economy, "burn", Amount.OfStk(50)), keys.Vault);
        var said = await Land(Economy, await Approved(Economy, "memo", null, "the vault's key is well"), keys.Vault);

        var ours = keys.Addresses;
        Assert.Equal(
            (Amount.OfStk(950), Amount.OfStk(650), Amount.OfStk(300)),
            (await Supply(), await Held(ours.VaultTokens), await Held(ours.FloatTokens)));
        Assert.All([minted, refilled, burned, said], act => Assert.True(act is { Signature: not null, Slot: not null }));
        Assert.Equal((TwoPersons.First, TwoPersons.Second), (minted.AskedBy, minted.DecidedBy));
        var listed = (await Acts(Economy).List(new(null, 10), default)).Acts;
        Assert.Equal(["burn", "memo", "mint", "refill"], listed.Select(act => act.Kind).Order(StringComparer.Ordinal));
        Assert.All(listed, act => Assert.Equal("finalized", act.State));
        Assert.Equal(
            ["approval.ask", "chain.act", "chain.act.signed"],
            await Economy.Rows(
                $"SELECT action FROM audit.entries JOIN audit.texts USING (sequence) WHERE subject = '{minted.Id}' ORDER BY sequence"));
        await Holds();
    }

    [Fact]
    public async Task Nothing_is_more_on_chain_than_in_the_ledger_whoever_asks_first()
    {
        var issued = -(await Economy.ServiceOf<ILedger>(0).GetBalances([AccountId.Issuance]))[0].Balance;
        var half = new Amount((issued.Micro / 2) + 1);

        var one = Done(await Ask("mint", half));
        var two = Done(await Ask("mint", half));
        Assert.Equal(
            SpendingRefusal.MintBeyondIssued, Refused(await Ask("mint", issued + Amount.OfStk(1))));
        Assert.Equal(SpendingRefusal.BurnBeyondBurned, Refused(await Ask("burn", Amount.OfStk(1))));
        Assert.Equal(SpendingRefusal.FloatFull, Refused(await Ask("refill", Amount.OfStk(401))));

        Done(await Acts(Economy).Decide(Yes(one.Id), default));
        Assert.Equal(SpendingRefusal.MintBeyondIssued, Refused(await Acts(Economy).Decide(Yes(two.Id), default)));

        var (three, four) = (Done(await Ask("refill", Amount.OfStk(250))), Done(await Ask("refill", Amount.OfStk(250))));
        Done(await Acts(Economy).Decide(Yes(three.Id), default));
        Assert.Equal(SpendingRefusal.FloatFull, Refused(await Acts(Economy).Decide(Yes(four.Id), default)));
        Done(await Acts(Economy).Decide(Yes(four.Id) with { IsApproved = false }, default));

        Assert.Equal("rejected", (await Acts(Economy).Get(four.Id, default))!.State); // asked for above
        Assert.Equal("asked", (await Acts(Economy).Get(two.Id, default))!.State);
        await Holds();
    }

    [Fact]
    public async Task Two_approvals_at_once_mint_no_more_than_is_issued()
    {
        var issued = -(await Economy.ServiceOf<ILedger>(0).GetBalances([AccountId.Issuance]))[0].Balance;
        var half = new Amount((issued.Micro / 2) + 1);
        var asked = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            asked.Add(Done(await Ask("mint", half)).Id);
        }

        var replies = await Task.WhenAll(asked.Select(id => Acts(Economy).Decide(Yes(id), default)));

        Assert.Single(replies, reply => reply is GrainInterfaces.Spending.SpendingReply<ChainActView>.Done);
        await Holds();
    }

    [Fact]
    public async Task What_is_not_the_acts_own_is_not_sent()
    {
        var keys = Holders.Keys;
        var mint = await Approved(Economy, "mint", Amount.OfStk(10));
        var other = await Approved(Economy, "mint", Amount.OfStk(11));
        var waiting = Done(await Ask("mint", Amount.OfStk(12)));
        var good = await Sign(Economy, mint, keys.MintAuthority);

        Assert.Contains("no transaction", NotSignedFor(await Put(mint, [1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("something else", NotSignedFor(await Put(other, good)), StringComparison.Ordinal);
        byte[] unsigned = [.. good];
        unsigned[1] ^= 1;
        Assert.Contains("has not signed", NotSignedFor(await Put(mint, unsigned)), StringComparison.Ordinal);
        Assert.Equal("asked", Assert.IsType<SignedActReply.NotAwaited>(await Put(waiting.Id, good)).State);
        Assert.IsType<SignedActReply.Unknown>(await Put(Guid.NewGuid(), good));
        // Of a burn that the vault cannot pay a trial run says so.
        await Burn(Amount.OfStk(5));
        var poor = await Approved(Economy, "burn", Amount.OfStk(5));
        Assert.Contains("trial run", NotSignedFor(await Put(poor, await Sign(Economy, poor, keys.Vault))), StringComparison.Ordinal);

        var stale = await Sign(Economy, other, keys.MintAuthority);
        Assert.False(Assert.IsType<SignedActReply.Done>(await Put(mint, good)).IsReplay);
        Assert.True(Assert.IsType<SignedActReply.Done>(await Put(mint, good)).IsReplay);
        await Testing.Eventually.Get(
            () => Acts(Economy).Get(mint, default), until: view => view?.State == "finalized", "the mint is final");
        // The nonce has moved by it.
        Assert.Contains("The nonce is", NotSignedFor(await Put(other, stale)), StringComparison.Ordinal);
        await Land(Economy, other, keys.MintAuthority);
        Assert.Equal(Amount.OfStk(21), await Supply());
        await Holds();
    }

    [Fact]
    public async Task While_one_act_of_a_key_is_on_its_way_the_next_waits_and_bytes_that_were_sent_by_hand_are_found()
    {
        var keys = Holders.Keys;
        var (mint, memo) = (await Approved(Economy, "mint", Amount.OfStk(10)), await Approved(Economy, "memo", null, "hello"));
        var next = await Approved(Economy, "mint", Amount.OfStk(20));
        var bytes = await Sign(Economy, mint, keys.MintAuthority);
        await Holders.Chain.Command(new { command = "fault", kind = "drop", times = 100_000 });
        Assert.IsType<SignedActReply.Done>(await Put(mint, bytes));

        var waits = (await Acts(Economy).Get(next, default))!.ToSign!; // approved, and so to be signed
        Assert.Null(waits.Transaction);
        Assert.Contains($"{mint}", waits.Trouble, StringComparison.Ordinal);
        // Another key has a nonce of its own.
        var said = await Sign(Economy, memo, keys.Vault);
        await Holders.Chain.Command(new { command = "heal" });
        (await Node(Economy).SendTransaction(
            Solana.Messages.Transaction.Parse(said), new SendOptions(), CancellationToken.None)).Required();
        await Testing.Eventually.True(
            async () => (await Node(Economy).GetSignatureStatuses(
                [Solana.Messages.Transaction.Parse(said).Id], searchHistory: true, default)).Required()[0]
                is { Commitment: Commitment.Finalized },
            "the memo has landed without the service");
        Assert.IsType<SignedActReply.Done>(await Put(memo, said));

        foreach (var id in (Guid[])[mint, memo])
        {
            await Testing.Eventually.Get(
                () => Acts(Economy).Get(id, default), until: view => view?.State == "finalized", $"act {id} is final");
        }

        await Land(Economy, next, keys.MintAuthority);
        Assert.Equal(Amount.OfStk(30), await Supply());
        await Holds();
    }

    [Fact]
    public async Task A_week_asks_for_its_memo_by_itself_and_its_proofs_name_it_once_it_is_there()
    {
        var desk = Economy.Grains.GetGrain<ISettlementDeskGrain>(0);
        await Economy.Record("ca-source", Sent.Of("ca-ann", "ExerciseSave", TestEconomy.FirstWeek.Start));
        // What the signer signs waits while payouts are held; a run waits for nothing of it.
        await desk.Pause(new(NewKey(), "the nodes are moved", TwoPersons.First), default);
        await Economy.Close(TestEconomy.FirstWeek);
        var memo = Assert.Single((await Acts(Economy).List(new(null, 10), default)).Acts);
        Assert.Equal((TestEconomy.FirstWeek, "memo", "approved", null), (memo.Week, memo.Kind, memo.State, memo.AskedBy));
        Assert.Equal(JsonValueKind.Null, (await Proof()).GetProperty("signature").ValueKind);

        await desk.Resume(new(NewKey(), "they are", TwoPersons.First), default);
        var landed = (await Testing.Eventually.Get(
            () => Acts(Economy).Get(memo.Id, default), until: view => view?.State == "finalized", "the memo is final"))!; // waited for

        var proof = await Proof();
        Assert.Equal(
            (landed.Signature, landed.Slot),
            (proof.GetProperty("signature").GetString(), proof.GetProperty("slot").GetInt64()));
        var root = await Economy.Ask<byte[]>($"SELECT root FROM weeks.anchors WHERE week = {TestEconomy.FirstWeek.Number}");
        Assert.StartsWith(
            $"stk:week:{TestEconomy.FirstWeek}:{Convert.ToHexStringLower(root)}:", landed.Text, StringComparison.Ordinal);
        Assert.True(LedgerHead.TryParse(landed.Text!.Split(':', 5)[4], out var sequence, out var hash));
        Assert.Equal(
            Convert.FromHexString(hash.ToString()),
            await Economy.Ask<byte[]>($"SELECT hash FROM ledger.commits WHERE sequence = {sequence}"));
        var found = (await Node(Economy).GetTransaction(
            Signature.Parse(landed.Signature!), Commitment.Finalized, default)).Required()!;
        Assert.Contains(landed.Text, Encoding.UTF8.GetString(found.Bytes.AsSpan()), StringComparison.Ordinal);
        await Holds();

        async Task<JsonElement> Proof() => JsonDocument.Parse((await Economy.Grains.GetGrain<IStatementsGrain>("ca-ann")
            .GetProof(TestEconomy.FirstWeek, default))!).RootElement;
    }

    [Fact]
    public async Task Payouts_that_lack_the_float_ask_for_a_refill_by_themselves_once_and_go_on_after_it()
    {
        var keys = Holders.Keys;
        await Land(Economy, await Approved(Economy, "mint", Amount.OfStk(1_000)), keys.MintAuthority);
        using var wallet = Account.Create();
        var ann = $"ca-{Guid.NewGuid():N}";
        await Economy.Fund(ann, Amount.OfStk(500));
        await Economy.Link(ann, wallet);
        await Economy.Ripen();
        var payout = Done(await Economy.Spender(ann).Withdraw(
            new(NewKey(), Amount.OfStk(120), PayableWallets.Fresh), default)).Id;

        var refill = (await Testing.Eventually.Get(
            async () => (await Acts(Economy).List(new(null, 10), default)).Acts.FirstOrDefault(act => act.Kind == "refill"),
            until: act => act is not null, "a refill is asked for"))!; // waited for
        Assert.Equal(("asked", Amount.OfStk(120), "settlement"), (refill.State, refill.Amount, refill.AskedBy));
        // Whoever asks meanwhile finds it.
        await Acts(Economy).WantRefill(Amount.OfStk(120));
        Assert.Equal(
            refill.Id, (await Economy.Grains.GetGrain<ISettlementDeskGrain>(0).GetStatus(default)).Refill);
        Done(await Acts(Economy).Decide(Yes(refill.Id), default));
        await Land(Economy, refill.Id, keys.Vault);

        await Testing.Eventually.Get(
            async () => await Economy.Grains.GetGrain<IRecordsGrain>(ann).GetPayout(payout, default),
            until: view => view?.Stage == PayoutStage.Paid, "the payout is paid");
        Assert.Equal(
            1L, await Economy.Ask<long>("SELECT count(*) FROM settlement.asked_acts WHERE kind = 3"));
        await Holds();

        // What was rejected is not asked for again within a day; and never more than the float may hold.
        var rest = Done(await Economy.Spender(ann).Withdraw(
            new(NewKey(), Amount.OfStk(380), PayableWallets.Fresh), default)).Id;
        var second = (await Testing.Eventually.Get(
            async () => (await Acts(Economy).List(new(null, 10), default)).Acts.FirstOrDefault(act => act.State == "asked"),
            until: act => act is not null, "another refill is asked for"))!; // waited for
        Assert.Equal(Amount.OfStk(380), second.Amount);
        Done(await Acts(Economy).Decide(Yes(second.Id) with { IsApproved = false }, default));
        await Acts(Economy).WantRefill(Amount.OfStk(1_000));
        Assert.Equal(2L, await Economy.Ask<long>("SELECT count(*) FROM settlement.asked_acts WHERE kind = 3"));
        await Economy.RunTo((await Economy.Schedule.GetClock()).Now.AddDays(1).AddMinutes(1));
        await Acts(Economy).WantRefill(Amount.OfStk(1_000));
        Assert.Equal(
            (3L, Amount.OfStk(400).Micro),
            (await Economy.Ask<long>("SELECT count(*) FROM settlement.asked_acts WHERE kind = 3"),
                await Economy.Ask<long>("SELECT max(amount_micro) FROM settlement.asked_acts WHERE kind = 3")));
        Assert.NotEqual(Guid.Empty, rest);
        await Holds();
    }

    private static string NotSignedFor(SignedActReply reply) => Assert.IsType<SignedActReply.NotSignedFor>(reply).Why;

    private Task<GrainInterfaces.Spending.SpendingReply<ChainActView>> Ask(string kind, Amount amount) =>
        Acts(Economy).Ask(new(NewKey(), kind, amount, null, "for a test", TwoPersons.First), default);

    private Task<SignedActReply> Put(Guid act, IEnumerable<byte> bytes) => Acts(Economy).PutSigned(
        new(NewKey(), act, [.. bytes], TwoPersons.First), default);

    // No rule burns anything yet: the ledger could.
    private async Task Burn(Amount amount)
    {
        var id = $"ca-{Guid.NewGuid():N}";
        await Economy.Fund(id, amount);
        Assert.Null((await Economy.ServiceOf<ILedger>(0).Post(new(
            Guid.NewGuid(), TransactionKind.Transfer, "",
            [
                new(AccountId.Available(await Economy.NumberOf(id)), -amount), new(AccountId.Burned, amount),
            ],
            []))).Objection);
    }

    private async Task<Amount> Held(PublicKey account) => new(
        (long)(await Node(Economy).GetTokenAccountBalance(account, ReadAt.Finalized, default)).Required().Amount);

    private async Task<Amount> Supply() => new(
        (long)(await Node(Economy).GetTokenSupply(Holders.Keys.Addresses.Mint, ReadAt.Finalized, default))
            .Required().Amount);

    private async Task Holds()
    {
        Assert.Null(await Economy.Verify());
        ImmutableArray<string> looked = ["I14", "I21", "I31", "I33", "I42", "I43"];
        await foreach (var finding in new InvariantsCheck(Economy.Database).Run())
        {
            Assert.True(
                !looked.Contains(finding.Invariant.Name) || finding.Holds,
                $"{finding}: {string.Join("; ", finding.Violations)}");
        }
    }
}
