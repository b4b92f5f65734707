using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Settling;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Wallets;
using Stk.Grains.Signing;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Approvals;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;
using Stk.Testing;
using Stk.Testing.Chain;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Payouts;

/// <summary>Payouts from the withdrawal to the wallet, over a real chain whose slots go on by themselves.</summary>
[Collection(EconomyCollection.Name)]
#pragma warning disable CA1001 // xunit calls DisposeAsync of IAsyncLifetime, which disposes them.
public sealed class SettlementTests(EconomyServer server) : IAsyncLifetime
#pragma warning restore CA1001
{
    // Unit: ms. Slots go by quickly: what is final is so some 32 of them later.
    private const int SlotMs = 40;

    private static readonly Amount FloatHolds = Amount.OfStk(500);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stk-keys-");
    private LocalChain? _chain;
    private TestEconomy? _economy;
    private VaultKeys? _keys;

    private TestEconomy Economy => _economy ?? throw new InvalidOperationException("not begun");

    public async Task InitializeAsync()
    {
        _chain = await LocalChain.Start(slotMs: SlotMs);
        _keys = VaultKeys.ReadOrMake(_folder.FullName);
        var ours = _keys.Addresses;
        var settings = ChainSettings.Of(_chain);
        settings["Stk:Settlement:Mint"] = ours.Mint.ToString();
        settings["Stk:Settlement:MintAuthority"] = ours.MintAuthority.ToString();
        settings["Stk:Settlement:Vault"] = ours.Vault.ToString();
        settings["Stk:Settlement:PayoutFloat"] = ours.PayoutFloat.ToString();
        // A silo says that it has one; what it asks is the test's.
        settings["Stk:Settlement:Signer"] = "none";
        settings[TestSigner.Setting] = Path.Combine(_folder.FullName, "float.json");
        _economy = await server.NewEconomy(new(More: settings));
        await _economy.Begin(TestEconomy.FirstWeek);
        await new VaultSetup(Node, TimeProvider.System).Run(_keys, mayAirdrop: true, CancellationToken.None);
        await FillFloat(_keys);
    }

    public async Task DisposeAsync()
    {
        if (_economy is not null)
        {
            await _economy.DisposeAsync();
        }

        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }

        _keys?.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Withdrawals_reach_their_wallets_once_and_ledger_and_chain_are_equal()
    {
        using var first = Account.Create();
        using var second = Account.Create();
        var (ann, bob) = (await Funded(), await Funded());
        await Economy.Link(ann, first);
        await Economy.Link(bob, second);
        await Economy.Ripen();

        var one = await Withdraw(ann, Amount.OfStk(10));
        var two = await Withdraw(bob, Amount.OfStk(20));
        var three = await Withdraw(ann, Amount.OfStk(5));

        var paid = await Ended(ann, one);
        await Ended(bob, two);
        await Ended(ann, three);
        Assert.Equal(PayoutStage.Paid, paid.Stage);
        Assert.NotNull(paid.Signature);
        Assert.NotNull(paid.Slot);
        Assert.Equal((Amount.OfStk(15), Amount.OfStk(20)), (await OnChain(first), await OnChain(second)));
        Assert.Equal(
            Amount.OfStk(35).Micro, await Economy.Ask<long>("SELECT balance_micro FROM ledger.accounts WHERE kind = 5"));
        Assert.Equal(
            2L, await Economy.Ask<long>(
                $"SELECT count(*) FROM notices.notices WHERE kind = '{NoticeKinds.PayoutPaid}' AND participant = {await Economy.NumberOf(ann)}"));
        await Holds();
    }

    [Fact]
    public async Task A_payout_that_cannot_be_paid_fails_alone_and_says_why()
    {
        using var good = Account.Create();
        using var taken = Account.Create();
        var (ann, bob) = (await Funded(), await Funded());
        await Economy.Link(ann, good);
        await Economy.Link(bob, taken);
        await Economy.Ripen();
        // A program has taken the address since it was linked.
        await _chain!.Command(new // made at the start
        {
            command = "accounts",
            accounts = new[]
            {
                new
                {
                    address = taken.PublicKey.ToString(), lamports = 2_039_280, owner = TokenProgram.ProgramId.ToString(),
                    data = Convert.ToBase64String(new byte[TokenAccount.Size]),
                },
            },
        });

        var one = await Withdraw(ann, Amount.OfStk(10));
        var two = await Withdraw(bob, Amount.OfStk(20));

        var returned = await Ended(bob, two);
        Assert.Equal((PayoutStage.Returned, PayoutReason.NotSystemOwned), (returned.Stage, returned.Reason));
        Assert.Equal(Amount.OfStk(100), await Economy.Available(bob));
        Assert.Equal(PayoutStage.Paid, (await Ended(ann, one)).Stage);
        Assert.Equal(Amount.OfStk(10), await OnChain(good));
        await Holds();
    }

    [Fact]
    public async Task What_the_signer_refuses_for_its_size_comes_back_and_holds_no_other_up()
    {
        using var first = Account.Create();
        using var second = Account.Create();
        var (ann, bob) = (await Funded(), await Funded());
        await Economy.Link(ann, first);
        await Economy.Link(bob, second);
        await Economy.Ripen();
        Refuse(request => Above(request, Amount.OfStk(15)) is { } payout ? new("payout-max", "it is above", payout) : null);

        var one = await Withdraw(ann, Amount.OfStk(10));
        var two = await Withdraw(bob, Amount.OfStk(20));

        var returned = await Ended(bob, two);
        Assert.Equal((PayoutStage.Returned, PayoutReason.AboveMaximum), (returned.Stage, returned.Reason));
        Assert.Equal(Amount.OfStk(100), await Economy.Available(bob));
        Assert.Equal(PayoutStage.Paid, (await Ended(ann, one)).Stage);
        Assert.Equal((Amount.Zero, Amount.OfStk(10)), await Sums(ann));
        Assert.Equal((Amount.Zero, Amount.Zero), await Sums(bob));
        await Holds();
    }

    [Fact]
    public async Task What_the_signer_refuses_for_itself_waits_alone_until_it_is_asked_again()
    {
        using var first = Account.Create();
        using var second = Account.Create();
        var (ann, bob) = (await Funded(), await Funded());
        await Economy.Link(ann, first);
        await Economy.Link(bob, second);
        await Economy.Ripen();
        Refuse(request => Above(request, Amount.OfStk(15)) is { } payout
            ? new("destination-unripe", "it is not known for long enough", payout)
            : null);

        var one = await Withdraw(ann, Amount.OfStk(10));
        var two = await Withdraw(bob, Amount.OfStk(20));
        var three = await Withdraw(bob, Amount.OfStk(18));

        Assert.Equal(PayoutStage.Paid, (await Ended(ann, one)).Stage);
        await Waits(bob, two, PayoutHold.Wallet);
        await Waits(bob, three, PayoutHold.Wallet);
        Assert.Equal((Amount.OfStk(38), Amount.Zero), await Sums(bob));
        Assert.IsType<SpendingReply<PayoutView>.Done>(
            await Economy.Spender(bob).CallPayoutOff(new(NewKey(), three), CancellationToken.None));
        await Holds();

        Refuse(static _ => null);
        await Economy.Execute("UPDATE settlement.payouts SET again_at = now() WHERE again_at IS NOT NULL");
        Assert.Equal(PayoutStage.Paid, (await Ended(bob, two)).Stage);
        Assert.Equal((Amount.Zero, Amount.OfStk(20)), await Sums(bob));
        await Holds();
    }

    [Fact]
    public async Task What_a_day_has_no_room_for_waits_for_the_next_and_then_goes_alone()
    {
        using var wallet = Account.Create();
        var ann = await Funded();
        await Economy.Link(ann, wallet);
        await Economy.Ripen();
        Refuse(static _ => new("daily-cap", "more would leave than may", null));
        var one = await Withdraw(ann, Amount.OfStk(10));
        await Waits(ann, one, PayoutHold.DayCap);
        var (two, three) = (await Withdraw(ann, Amount.OfStk(11)), await Withdraw(ann, Amount.OfStk(12)));
        await Waits(ann, two, PayoutHold.DayCap);
        await Waits(ann, three, PayoutHold.DayCap);
        await Holds();

        Refuse(static _ => null);
        await Economy.Execute(
            "UPDATE settlement.refusals SET last_at = last_at - interval '1 day'; UPDATE settlement.payouts SET again_at = now() WHERE again_at IS NOT NULL");

        foreach (var id in (Guid[])[one, two, three])
        {
            Assert.Equal(PayoutStage.Paid, (await Ended(ann, id)).Stage);
        }

        Assert.Equal(Amount.OfStk(33), await OnChain(wallet));
        Assert.Equal(1, await Economy.Ask<int>($"""
            SELECT json_array_length(act.plan -> 'payouts') FROM settlement.acts act
            JOIN settlement.payouts payout ON payout.act = act.id WHERE payout.id = '{one}'
            """));
        await Holds();
    }

    [Fact]
    public async Task What_nobody_can_prove_two_operators_resolve_and_it_is_paid_once()
    {
        using var wallet = Account.Create();
        var ann = await Funded();
        await Economy.Link(ann, wallet);
        await Economy.Ripen();
        var desk = Economy.Grains.GetGrain<ISettlementDeskGrain>(0);
        // Whatever is sent is lost, and one of two nodes cannot say what it was.
        await _chain!.Command(new { command = "fault", kind = "drop", times = 100_000 }); // made at the start
        var payout = await Withdraw(ann, Amount.OfStk(10));
        var act = await Eventually.Get(
            async () => (await desk.ListBatches(new(null, 1), "sent", default)).Batches.FirstOrDefault(),
            until: one => one is not null, "the batch is sent");
        var slot = (await _chain.Command(new { command = "advance", slots = 1 }))["slot"]!.GetValue<long>();
        await _chain.Command(new { command = "prune", node = _chain.Nodes[1].Name, below = slot });
        var batch = await Eventually.Get(
            async () => await desk.GetBatch(act!.Id, default), until: one => one?.Batch.State == "uncertain",
            "the batch is uncertain");

        var contradicted = Assert.IsType<SpendingReply<Stk.GrainInterfaces.Approvals.ApprovalView>.Refused>(
            await desk.Resolve(new(NewKey(), act!.Id, batch!.Batch.Signature, "I believe so", TwoPersons.First), default));
        Assert.Equal(SpendingRefusal.EvidenceContradicts, contradicted.Reason);
        Assert.Contains(_chain.Nodes[0].Name, contradicted.Detail, StringComparison.Ordinal);
        ResolveBatchRequest word = new(NewKey(), act.Id, null, "no explorer shows it", TwoPersons.First);
        Assert.Equal(ApprovalState.Waiting, Done(await desk.Resolve(word, default)).State);
        await _chain.Command(new { command = "heal" });
        await _chain.Command(new { command = "prune", node = _chain.Nodes[1].Name, below = slot });
        var approved = Done(await desk.Resolve(word with { Key = NewKey(), By = TwoPersons.Second }, default));

        Assert.Equal(ApprovalState.Approved, approved.State);
        Assert.Equal(PayoutStage.Paid, (await Ended(ann, payout)).Stage);
        Assert.Equal(Amount.OfStk(10), await OnChain(wallet));
        var resolved = (await desk.GetBatch(act.Id, default))!; // found before
        Assert.Equal(["expired", "landed"], resolved.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal("done", Assert.Single(resolved.Decisions).Reply);
        Assert.Contains($"{approved.Id}", resolved.Attempts[0].Evidence, StringComparison.Ordinal);
        await Holds();
    }

    [Fact]
    public async Task While_payouts_are_held_nothing_is_signed_and_then_all_goes_on()
    {
        using var wallet = Account.Create();
        var ann = await Funded();
        await Economy.Link(ann, wallet);
        await Economy.Ripen();
        var desk = Economy.Grains.GetGrain<ISettlementDeskGrain>(0);
        Refuse(static _ => new("book-locked", "its file is lost", null));
        var payout = await Withdraw(ann, Amount.OfStk(10));
        await Waits(ann, payout, PayoutHold.Signer);
        await desk.Pause(new(NewKey(), "the signer is mended", TwoPersons.First), default);
        Assert.Equal(
            SpendingRefusal.SettlementPaused,
            Refused(await Economy.Spender(ann).Withdraw(new(NewKey(), Amount.OfStk(1), PayableWallets.Fresh), default)));
        Assert.Equal("book-locked", Assert.Single((await desk.GetStatus(default)).Refusals).Rule);
        await Holds();

        Refuse(static _ => null);
        await desk.Resume(new(NewKey(), "it is mended", TwoPersons.First), default);
        var status = await desk.GetStatus(default);

        Assert.True(status.IsOn);
        Assert.Equal(["alpha", "beta"], status.Nodes.Where(node => node.Trouble is null).Select(node => node.Name));
        Assert.Equal(FloatHolds, status.FloatHeld);
        Assert.Equal(PayoutStage.Paid, (await Ended(ann, payout)).Stage);
        await Holds();
    }

    private static Guid? Above(SigningRequest request, Amount most) => request.Payouts
        .Where(payout => payout.Planned.AmountMicro > (ulong)most.Micro).Select(payout => (Guid?)payout.Planned.Id)
        .FirstOrDefault();

    // Whichever silo settles.
    private void Refuse(Func<SigningRequest, SigningAnswer.Refused?> refuses)
    {
        foreach (var silo in (int[])[0, 1])
        {
            ((TestSigner)Economy.ServiceOf<ISigner>(silo)).Refuses = refuses;
        }
    }

    private async Task Waits(string id, Guid payout, PayoutHold hold) => await Eventually.Get(
        async () => await Economy.Grains.GetGrain<IRecordsGrain>(id).GetPayout(payout, CancellationToken.None),
        until: view => view is { Stage: PayoutStage.Waiting } && view.Hold == hold,
        $"payout {payout} waits for {hold}");

    private async Task<(Amount InFlight, Amount Sent)> Sums(string id)
    {
        var done = Assert.IsType<WalletReply.Done>(
            await Economy.Grains.GetGrain<IWalletGrain>(id).Get(CancellationToken.None));
        return (done.InFlight, done.Sent);
    }

    private IRpcClient Node => Economy.ServiceOf<ISolanaNodes>(0).All[0];

    private async Task FillFloat(VaultKeys keys)
    {
        var ours = keys.Addresses;
        var latest = (await Node.GetLatestBlockHash(ReadAt.Confirmed, CancellationToken.None)).Required();
        var transaction = new TransactionBuilder()
            .SetFeePayer(ours.PayoutFloat)
            .SetRecentBlockHash(latest.Blockhash)
            .AddInstruction(TokenProgram.MintTo(ours.Mint, ours.FloatTokens, (ulong)FloatHolds.Micro, ours.MintAuthority))
            .Build(keys.PayoutFloat, keys.MintAuthority);
        (await Node.SendTransaction(transaction, new SendOptions(), CancellationToken.None)).Required();
        await Eventually.True(
            async () => await Node.GetTokenAccountBalance(ours.FloatTokens, ReadAt.Finalized, CancellationToken.None)
                is RpcResult<TokenAmount>.Answered { Value.Amount: > 0 },
            "the float is filled for good");
    }

    private async Task<string> Funded()
    {
        var id = $"st-{Guid.NewGuid():N}";
        await Economy.Fund(id, Amount.OfStk(100));
        return id;
    }

    private async Task<Guid> Withdraw(string id, Amount amount) => Done(await Economy.Spender(id).Withdraw(
        new(NewKey(), amount, PayableWallets.Fresh), CancellationToken.None)).Id;

    private async Task<PayoutView> Ended(string id, Guid payout) => (await Eventually.Get(
        async () => await Economy.Grains.GetGrain<IRecordsGrain>(id).GetPayout(payout, CancellationToken.None),
        until: view => view?.Stage is PayoutStage.Paid or PayoutStage.Returned,
        $"payout {payout} ends"))!; // waited for

    private async Task<Amount> OnChain(Account wallet)
    {
        var account = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(
            wallet.PublicKey, _keys!.Addresses.Mint); // made at the start
        return new((long)(await Node.GetTokenAccountBalance(account, ReadAt.Finalized, CancellationToken.None))
            .Required().Amount);
    }

    private async Task Holds()
    {
        Assert.Null(await Economy.Verify());
        string[] looked = ["I16", "I20", "I31", "I32", "I33", "I34", "I41", "I42"];
        await foreach (var finding in new InvariantsCheck(Economy.Database).Run())
        {
            Assert.True(
                !looked.Contains(finding.Invariant.Name) || finding.Holds,
                $"{finding}: {string.Join("; ", finding.Violations)}");
        }
    }
}
