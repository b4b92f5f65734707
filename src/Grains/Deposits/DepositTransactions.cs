using Stk.Grains.Notices;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Settlement;
using Stk.Settlement.Deposits;
using Stk.Solana.Keys;

namespace Stk.Grains.Deposits;

/// <summary>The ledger transactions of deposits. Each id is of its cause, so that a repeat moves nothing. Pure.</summary>
internal static class DepositTransactions
{
    /// <summary><c>chain:suspense -> chain</c>: it is outside again.</summary>
    /// <param name="act">Which has sent it back; of the approval too.</param>
    /// <param name="signature">Of what has landed.</param>
    public static Transaction Return(Guid deposit, Amount amount, Guid act, Signature signature) => new(
        SettlementIds.DepositReturn(deposit), TransactionKind.Deposit, "",
        [new(AccountId.ChainSuspense, -amount), new(AccountId.Chain, amount)],
        [new DepositReturnEffect(deposit, amount, act, signature)]);

    /// <summary><c>chain -> available</c>, or <c>chain -> chain:suspense</c> where nobody is known.</summary>
    /// <param name="account">Ours, in which it has arrived.</param>
    /// <param name="owner">The participant's number; null where nobody is known.</param>
    /// <param name="isTold">Whether its owner gets a notice.</param>
    public static Transaction Credit(Deposit deposit, PublicKey account, long? owner, bool isTold)
    {
        var amount = new Amount(deposit.AmountMicro);
        return new(
            deposit.Id, TransactionKind.Deposit, "",
            [
                new(AccountId.Chain, -amount),
                new(owner is { } number ? AccountId.Available(number) : AccountId.ChainSuspense, amount),
            ],
            [
                new DepositEffect(deposit, account, owner),
                .. owner is { } told && isTold
                    ?
                    [
                        new NoticeEffect(Notice.Of(
                            NoticeKinds.DepositReceived, told,
                            new { amount, signature = deposit.Signature.ToString() }, deposit.Id.ToString())),
                    ]
                    : Array.Empty<NoticeEffect>(),
            ]);
    }
}
