using CsCheck;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;

namespace Stk.Ledger.Tests.Books;

/// <summary>
/// Random histories of a small world, so that everything that can go wrong does: few participants, few ids (repeats, and
/// ids used with other content), amounts around what there is (overdrafts), an issuance that ends.
/// </summary>
internal static class Histories
{
    public const long IssuedAtMost = 400;

    private static readonly Gen<AccountId> Account = Gen.OneOf(
        Gen.Long[1, 4].Select(AccountId.Available),
        Gen.Long[1, 2].Select(AccountId.Frozen),
        Gen.Const(Sample.Rewards),
        Gen.Const(AccountId.Burned));

    private static readonly Gen<Transaction> Transfer =
        Gen.Select(Gen.Int[0, 60], Account, Account, Gen.Long[1, 40]).Select((id, from, to, micro) =>
            Sample.Of($"{id}", (from, -micro), (to, micro)));

    private static readonly Gen<Transaction> Split =
        Gen.Select(Gen.Int[0, 60], Account, Account, Account, Gen.Long[2, 40]).Select((id, from, to, fee, micro) =>
            Sample.Of($"{id}", (from, -micro), (to, micro - 1), (fee, 1)));

    private static readonly Gen<Transaction> Emission =
        Gen.Select(Gen.Int[0, 60], Account, Gen.Long[1, 60]).Select((id, to, micro) => new Transaction(
            CauseId.Of($"{id}"), TransactionKind.Emission, "",
            [new(AccountId.Issuance, new(-micro)), new(to, new(micro))]));

    /// <summary>Batches in order, each of one commit or less.</summary>
    public static readonly Gen<Transaction[][]> Batches =
        Gen.Frequency((5, Transfer), (2, Split), (2, Emission)).Array[0, 12].Array[1, 10];
}
