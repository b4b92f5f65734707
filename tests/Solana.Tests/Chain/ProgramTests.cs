using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Solana.Tests.Chain;

/// <summary>Our instructions, run by the real programs.</summary>
public class ProgramTests : ChainTest
{
    private readonly Account _mint = Account.FromSeed(TestKeys.Seed(3));
    private readonly PublicKey _reference = TestKeys.Address(77);

    private PublicKey PayersTokens =>
        AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(Payer.PublicKey, _mint.PublicKey);

    private PublicKey OthersTokens =>
        AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(Other.PublicKey, _mint.PublicKey);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var rent = (await Alpha.GetMinimumBalanceForRentExemption(MintAccount.Size, default)).Required();
        var made = (await Builder())
            .AddInstruction(SystemProgram.CreateAccount(
                Payer.PublicKey, _mint.PublicKey, rent, MintAccount.Size, TokenProgram.ProgramId))
            .AddInstruction(TokenProgram.InitializeMint2(_mint.PublicKey, 6, Payer.PublicKey, freezeAuthority: null))
            .AddInstruction(AssociatedTokenAccountProgram.CreateIdempotent(
                Payer.PublicKey, Payer.PublicKey, _mint.PublicKey))
            .AddInstruction(TokenProgram.MintTo(_mint.PublicKey, PayersTokens, 1_000_000_000, Payer.PublicKey))
            .Build(Payer, _mint);
        (await Send(Alpha, made)).Required();
    }

    [Fact]
    public async Task Tokens_are_minted_paid_out_and_burned()
    {
        await Land(
            ComputeBudgetProgram.SetComputeUnitLimit(200_000),
            AssociatedTokenAccountProgram.CreateIdempotent(Payer.PublicKey, Other.PublicKey, _mint.PublicKey),
            AssociatedTokenAccountProgram.CreateIdempotent(Payer.PublicKey, Other.PublicKey, _mint.PublicKey),
            TokenProgram.TransferChecked(PayersTokens, OthersTokens, 400_000_000, 6, Payer.PublicKey, _mint.PublicKey),
            TokenProgram.Burn(PayersTokens, _mint.PublicKey, 100_000_000, Payer.PublicKey),
            MemoProgram.NewMemo("неделя 2025-W51", Payer.PublicKey));

        Assert.Equal(
            new TokenAmount(500_000_000, 6),
            (await Alpha.GetTokenAccountBalance(PayersTokens, ReadAt.Processed, default)).Required());
        Assert.Equal(
            new TokenAmount(400_000_000, 6),
            (await Alpha.GetTokenAccountBalance(OthersTokens, ReadAt.Processed, default)).Required());
        Assert.Equal(
            new TokenAmount(900_000_000, 6),
            (await Alpha.GetTokenSupply(_mint.PublicKey, ReadAt.Processed, default)).Required());

        var accounts = (
            await Alpha.GetMultipleAccounts(
                [_mint.PublicKey, OthersTokens, _reference], ReadAt.Processed, default)).Required();
        Assert.Equal(
            new MintAccount(Payer.PublicKey, 900_000_000, 6, FreezeAuthority: null),
            MintAccount.TryParse(accounts[0]!.Data.AsSpan()));
        Assert.Equal(
            new TokenAccount(_mint.PublicKey, Other.PublicKey, 400_000_000, IsFrozen: false),
            TokenAccount.TryParse(accounts[1]!.Data.AsSpan()));
        Assert.Null(accounts[2]);
    }

    [Fact]
    public async Task Who_gives_up_the_mint_authority_mints_no_more()
    {
        await Land(
            TokenProgram.SetAuthority(_mint.PublicKey, AuthorityType.MintTokens, Payer.PublicKey, newAuthority: null));
        var refused = await Send(Alpha, (await Builder())
            .AddInstruction(TokenProgram.MintTo(_mint.PublicKey, PayersTokens, 1, Payer.PublicKey)).Build(Payer));

        // SPL Token, TokenError::FixedSupply.
        var failed = Assert.IsType<RpcError.PreflightFailed>(refused.Error);
        Assert.Equal(new TransactionError.InstructionFailed(0, "Custom", 5), failed.Cause);
        Assert.NotEmpty(failed.Logs);
    }

    [Fact]
    public async Task A_failed_transaction_costs_its_fee_and_tells_why()
    {
        var before = await Lamports(Payer.PublicKey);
        var failing = (await Builder())
            .AddInstruction(
                AssociatedTokenAccountProgram.CreateIdempotent(Payer.PublicKey, Other.PublicKey, _mint.PublicKey))
            .AddInstruction(TokenProgram.TransferChecked(
                PayersTokens, OthersTokens, 2_000_000_000, 6, Payer.PublicKey, _mint.PublicKey))
            .Build(Payer);
        (await Alpha.SendTransaction(failing, new(SkipPreflight: true), default)).Required();

        // TokenError::InsufficientFunds; the account made before it is gone with it.
        var expected = new TransactionError.InstructionFailed(1, "Custom", 1);
        Assert.Equal(expected, (await Status(failing.Id))!.Failure);
        Assert.Equal(before - 5_000, await Lamports(Payer.PublicKey));
        Assert.Null((await Alpha.GetAccountInfo(OthersTokens, ReadAt.Processed, default)).Required());
        await Finalize();
        Assert.Equal(expected, (await Alpha.GetTransaction(failing.Id, Commitment.Finalized, default)).Required()!.Failure);
    }

    [Fact]
    public async Task A_price_for_being_early_is_charged_as_shown()
    {
        var before = await Lamports(Payer.PublicKey);
        var signature = await Land(
            ComputeBudgetProgram.SetComputeUnitLimit(100_000),
            ComputeBudgetProgram.SetComputeUnitPrice(2_000_001),
            SystemProgram.Transfer(Payer.PublicKey, Payer.PublicKey, 1));
        await Finalize();

        var landed = (await Alpha.GetTransaction(signature, Commitment.Finalized, default)).Required()!;
        // 5,000 a signature, and 100,000 units at 2.000001 lamports, rounded up.
        Assert.Equal(5_000UL + 200_001, landed.Fee);
        Assert.Equal(before - landed.Fee, await Lamports(Payer.PublicKey));
    }

    [Fact]
    public async Task A_landed_payout_shows_token_balances_before_and_after()
    {
        await Land(AssociatedTokenAccountProgram.CreateIdempotent(Payer.PublicKey, Other.PublicKey, _mint.PublicKey));
        var payout = (await Builder()).AddInstruction(TokenProgram
            .TransferChecked(PayersTokens, OthersTokens, 7, 6, Payer.PublicKey, _mint.PublicKey)
            .WithReference(_reference)).Build(Payer);
        (await Send(Alpha, payout)).Required();
        Assert.Null((await Alpha.GetTransaction(payout.Id, Commitment.Finalized, default)).Required());
        await Finalize();

        var landed = (await Alpha.GetTransaction(payout.Id, Commitment.Finalized, default)).Required()!;
        Assert.Equal(payout.Serialize(), landed.Bytes.AsEnumerable());
        var index = payout.Message.StaticKeys.IndexOf(OthersTokens);
        Assert.Equal(
            [new TokenBalance(index, _mint.PublicKey, Other.PublicKey, 0)],
            landed.Before.Where(balance => balance.AccountIndex == index));
        Assert.Equal(
            [new TokenBalance(index, _mint.PublicKey, Other.PublicKey, 7)],
            landed.After.Where(balance => balance.AccountIndex == index));
        Assert.NotNull(landed.BlockTime);
        Assert.True(landed.ComputeUnits > 0);
    }

    [Fact]
    public async Task A_reference_finds_its_transactions_newest_first()
    {
        var signatures = new List<Signature>();
        for (ulong amount = 1; amount <= 4; amount++)
        {
            signatures.Insert(0, await Land(TokenProgram
                .TransferChecked(PayersTokens, PayersTokens, amount, 6, Payer.PublicKey, _mint.PublicKey)
                .WithReference(_reference)));
            await Advance(1);
        }

        Assert.Empty(await Found(ReadAt.Finalized));
        await Finalize();
        Assert.Equal(signatures, await Found(ReadAt.Finalized));
        Assert.Equal(signatures[..2], await Found(ReadAt.Finalized, limit: 2));
        Assert.Equal(signatures[2..], await Found(ReadAt.Finalized, before: signatures[1]));
        Assert.Equal(signatures[..1], await Found(ReadAt.Finalized, until: signatures[1]));

        async Task<IEnumerable<Signature>> Found(
            ReadAt at, int limit = 1_000, Signature? before = null, Signature? until = null) =>
            (await Alpha.GetSignaturesForAddress(_reference, at, limit, before, until, default)).Required()
                .Select(info => info.Signature);
    }

    [Fact]
    public async Task A_trial_run_moves_nothing()
    {
        var transfer = (await Builder()).AddInstruction(
            TokenProgram.Burn(PayersTokens, _mint.PublicKey, 5, Payer.PublicKey)).Build(Payer);
        var trial = (await Alpha.SimulateTransaction(transfer, ReadAt.Processed, default)).Required();

        Assert.Null(trial.Failure);
        Assert.True(trial.ComputeUnits > 0);
        Assert.NotEmpty(trial.Logs);
        Assert.Equal(
            1_000_000_000UL, (await Alpha.GetTokenSupply(_mint.PublicKey, ReadAt.Processed, default)).Required().Amount);
    }

    [Fact]
    public async Task A_lookup_table_is_made_and_used()
    {
        var slot = (await Alpha.GetSlot(ReadAt.Processed, default)).Required();
        await Advance(2);
        var (create, table) = AddressLookupTableProgram.CreateLookupTable(Payer.PublicKey, Payer.PublicKey, slot);
        await Land(
            create,
            AddressLookupTableProgram.ExtendLookupTable(
                table, Payer.PublicKey, Payer.PublicKey, [Other.PublicKey, PayersTokens, _mint.PublicKey]));
        await Advance(2);

        var moved = (await Builder())
            .AddInstruction(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol))
            .AddInstruction(TokenProgram.Burn(PayersTokens, _mint.PublicKey, 1, Payer.PublicKey))
            .AddLookupTable(new(table, [Other.PublicKey, PayersTokens, _mint.PublicKey]))
            .Build(Payer);
        Assert.Equal(3, moved.Message.StaticKeys.Length);
        (await Send(Alpha, moved)).Required();
        Assert.Equal(Sol, await Lamports(Other.PublicKey));
        Assert.Equal(
            999_999_999UL, (await Alpha.GetTokenSupply(_mint.PublicKey, ReadAt.Processed, default)).Required().Amount);
    }
}
