using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;

namespace Stk.Ledger.Tests.Books;

/// <summary>Transactions as the economy makes them, short.</summary>
internal static class Sample
{
    public static readonly AccountId Rewards = AccountId.Fund(Fund.Rewards);

    public static Transaction Transfer(string cause, long from, long to, long micro, params IEffect[] effects) => new(
        CauseId.Of(cause), TransactionKind.Transfer, "",
        [new(AccountId.Available(from), new(-micro)), new(AccountId.Available(to), new(micro))],
        [.. effects]);

    /// <summary>Issues to one participant.</summary>
    public static Transaction Grant(string cause, long to, long micro) => new(
        CauseId.Of(cause), TransactionKind.Emission, "2025-12-18",
        [new(AccountId.Issuance, new(-micro)), new(AccountId.Available(to), new(micro))]);

    /// <summary>Issues to many participants, the same to each.</summary>
    public static Transaction GrantAll(string cause, IReadOnlyList<long> to, long micro) => new(
        CauseId.Of(cause), TransactionKind.Emission, "2025-12-18",
        [
            new(AccountId.Issuance, new(-micro * to.Count)),
            .. to.Select(participant => new Posting(AccountId.Available(participant), new(micro))),
        ]);

    public static Transaction Of(string cause, params (AccountId Account, long Micro)[] postings) => new(
        CauseId.Of(cause), TransactionKind.Transfer, "",
        [.. postings.Select(posting => new Posting(posting.Account, new(posting.Micro)))]);

    public static (AccountId Account, long Micro)[] Balances(this Receipt receipt) =>
        [.. receipt.Lines.Select(line => (line.Account, line.BalanceAfter.Micro))];
}
