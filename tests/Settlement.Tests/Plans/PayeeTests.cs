using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests.Plans;

public class PayeeTests
{
    private static readonly PlannedPayout Payee = TestBatch.Plan.Payouts[1];
    private static readonly PlannedPayout NewPayee = TestBatch.Plan.Payouts[0];

    [Fact]
    public void A_payee_with_its_own_token_account_and_an_empty_or_absent_wallet_can_be_paid()
    {
        Assert.Null(Flaw(Payee, null, TokensOf(Payee.Wallet)));
        Assert.Null(Flaw(Payee, Wallet(SystemProgram.ProgramId), TokensOf(Payee.Wallet)));
        Assert.Null(Flaw(NewPayee, null, null));
        // Somebody has sent lamports to the address of the account to be.
        Assert.Null(Flaw(NewPayee, null, Wallet(SystemProgram.ProgramId)));
    }

    [Fact]
    public void A_wallet_that_a_program_owns_or_that_holds_data_cannot()
    {
        Assert.Equal(PayeeFlaw.NotSystemOwned, Flaw(Payee, Wallet(TokenProgram.ProgramId), TokensOf(Payee.Wallet)));
        Assert.Equal(
            PayeeFlaw.NotSystemOwned,
            Flaw(Payee, Wallet(SystemProgram.ProgramId) with { Data = [1] }, TokensOf(Payee.Wallet)));
    }

    [Fact]
    public void A_token_account_that_is_gone_given_away_or_of_something_else_cannot()
    {
        Assert.Equal(PayeeFlaw.TokenAccountMissing, Flaw(Payee, null, null));
        Assert.Equal(PayeeFlaw.TokenAccountOwnerChanged, Flaw(Payee, null, TokensOf(TestBatch.Address(66))));
        Assert.Equal(PayeeFlaw.TokenAccountOwnerChanged, Flaw(NewPayee, null, TokensOf(TestBatch.Address(66))));
        Assert.Equal(
            PayeeFlaw.TokenAccountOwnerChanged, Flaw(Payee, null, TokensOf(Payee.Wallet, mint: TestBatch.Address(67))));
        Assert.Equal(
            PayeeFlaw.TokenAccountOwnerChanged,
            Flaw(Payee, null, TokensOf(Payee.Wallet) with { Owner = TestBatch.Address(68) }));
        Assert.Equal(
            PayeeFlaw.TokenAccountOwnerChanged, Flaw(Payee, null, TokensOf(Payee.Wallet) with { Data = [1, 2] }));
    }

    [Fact]
    public void Each_instruction_of_a_batch_is_its_payees()
    {
        // Limit, price, account of the first, its transfer, transfers of the two others.
        (int Index, int? Payee)[] expected = [(0, null), (1, null), (2, 0), (3, 0), (4, 1), (5, 2), (6, null)];
        foreach (var (index, payee) in expected)
        {
            var guilty = Blame.Of(
                TestBatch.Plan, new TransactionError.InstructionFailed(index, "InvalidAccountData", null));

            Assert.Equal(payee is { } place ? TestBatch.Plan.Payouts[place] : null, guilty?.Payout);
        }

        var nonce = ActPlan.OfBatch(TestBatch.Batch, TestBatch.Terms with { NonceAccount = TestBatch.Address(60) });
        Assert.Equal(
            nonce.Payouts[1],
            Blame.Of(nonce, new TransactionError.InstructionFailed(5, "InvalidAccountData", null))?.Payout);
    }

    [Fact]
    public void What_the_float_lacks_or_the_whole_fails_by_is_no_payees_fault()
    {
        foreach (var error in (TransactionError[])[
            new TransactionError.InstructionFailed(4, "Custom", 1),
            new TransactionError.InstructionFailed(4, "ComputationalBudgetExceeded", null),
            new TransactionError.Named("InsufficientFundsForFee"),
            new TransactionError.At("InsufficientFundsForRent", 4)])
        {
            Assert.Null(Blame.Of(TestBatch.Plan, error));
        }
    }

    [Fact]
    public void Each_flaw_has_the_name_that_people_read() => Assert.Equal(
        ["wallet-closed", "not-system-owned", "token-account-owner-changed", "token-account-missing", "above-maximum"],
        Enum.GetValues<PayeeFlaw>().Select(flaw => flaw.WireName()));

    private static PayeeFlaw? Flaw(PlannedPayout payout, AccountInfo? wallet, AccountInfo? tokens) =>
        PayeeAccounts.FlawOf(payout, TestBatch.Mint, wallet, tokens);

    private static AccountInfo Wallet(PublicKey owner) => new(1_000, owner, [], IsExecutable: false);

    private static AccountInfo TokensOf(PublicKey owner, PublicKey? mint = null)
    {
        var data = new byte[TokenAccount.Size];
        (mint ?? TestBatch.Mint).CopyTo(data);
        owner.CopyTo(data.AsSpan(32));
        data[108] = 1;
        return new(2_039_280, TokenProgram.ProgramId, [.. data], IsExecutable: false);
    }
}
