using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Solana.Tests.Chain;

public class NonceTests : ChainTest
{
    private readonly Account _nonce = Account.FromSeed(TestKeys.Seed(4));

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var rent = (await Alpha.GetMinimumBalanceForRentExemption(NonceAccount.Size, default)).Required();
        var made = (await Builder())
            .AddInstruction(SystemProgram.CreateAccount(
                Payer.PublicKey, _nonce.PublicKey, rent, NonceAccount.Size, SystemProgram.ProgramId))
            .AddInstruction(SystemProgram.InitializeNonceAccount(_nonce.PublicKey, Payer.PublicKey))
            .Build(Payer, _nonce);
        (await Send(Alpha, made)).Required();
        await Advance(1);
    }

    [Fact]
    public async Task A_transaction_with_a_nonce_lands_long_after_any_blockhash()
    {
        var transfer = Use(await Nonce(), Sol);
        await Advance(1_000);
        (await Send(Alpha, transfer)).Required();
        Assert.Equal(Sol, await Lamports(Other.PublicKey));
    }

    [Fact]
    public async Task Of_two_transactions_with_one_nonce_only_one_lands()
    {
        var nonce = await Nonce();
        var (first, second) = (Use(nonce, 1 * Sol), Use(nonce, 2 * Sol));
        (await Send(Alpha, first)).Required();
        await Advance(1);

        Assert.NotEqual(nonce.Value, (await Nonce()).Value);
        var refused = Assert.IsType<RpcError.PreflightFailed>((await Send(Alpha, second)).Error);
        Assert.True(refused.Cause.IsBlockhashNotFound);
        (await Alpha.SendTransaction(second, new(SkipPreflight: true), default)).Required();
        Assert.Null(await Status(second.Id));
        Assert.Equal(Sol, await Lamports(Other.PublicKey));
    }

    [Fact]
    public async Task A_failed_transaction_uses_its_nonce_up_too()
    {
        var nonce = await Nonce();
        var failing = Use(nonce, 1_000_000 * Sol);
        (await Alpha.SendTransaction(failing, new(SkipPreflight: true), default)).Required();
        await Advance(1);

        Assert.NotNull((await Status(failing.Id))!.Failure);
        var next = await Nonce();
        Assert.NotEqual(nonce.Value, next.Value);
        (await Send(Alpha, Use(next, Sol))).Required();
        Assert.Equal(Sol, await Lamports(Other.PublicKey));
    }

    private async Task<NonceInfo> Nonce()
    {
        var account = (await Alpha.GetAccountInfo(_nonce.PublicKey, ReadAt.Processed, default)).Required();
        var stored = NonceAccount.TryParse(account!.Data.AsSpan())!;
        Assert.Equal(Payer.PublicKey, stored.Authority);
        return new(_nonce.PublicKey, stored.Authority, stored.Value);
    }

    private Transaction Use(NonceInfo nonce, ulong lamports) =>
        new TransactionBuilder()
            .SetFeePayer(Payer.PublicKey)
            .SetNonceInformation(nonce)
            .AddInstruction(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, lamports))
            .Build(Payer);
}
