using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;

namespace Stk.Settlement.Plans;

/// <summary>What an act is to do, and nothing beside it.</summary>
/// <param name="Authority">Whose signature the chain asks for: the float's, the vault's or the mint authority's.</param>
/// <param name="Moves">Of our token; their order does not count.</param>
/// <param name="Payouts">In the order of their instructions; empty where the act pays nobody.</param>
/// <param name="Memo">The text of a memo; null for other acts.</param>
/// <param name="FirstInstruction">The place of the first payout's first instruction.</param>
/// <param name="Wallet">To whom a deposit goes back; null for other acts.</param>
public sealed record ActPlan(
    ActKind Kind,
    PublicKey Authority,
    PublicKey Mint,
    ImmutableArray<TokenMove> Moves,
    ImmutableArray<PlannedPayout> Payouts,
    string? Memo,
    int FirstInstruction,
    PublicKey? Wallet = null)
{
    // Limit and price of compute units; before them a nonce's advance.
    private const int BudgetInstructions = 2;

    /// <summary>What the plan's transaction changes, by token account; those that end as they began are left out.</summary>
    public IReadOnlyDictionary<PublicKey, Int128> Changes => ChangesOf(Moves);

    /// <summary>For the act's row.</summary>
    public string ToJson() => StoredPlan.ToJson(this);

    /// <exception cref="System.Text.Json.JsonException">The text is no plan.</exception>
    /// <exception cref="FormatException">An address in it is none.</exception>
    public static ActPlan FromJson(string json) => StoredPlan.FromJson(json);

    public static ActPlan OfBatch(PayoutBatch batch, PayoutTerms terms)
    {
        ImmutableArray<PlannedPayout> payouts =
        [
            .. batch.Payouts.Zip(batch.Accounts, (payout, account) => new PlannedPayout(
                payout.Id, payout.Wallet, account, payout.AmountMicro, payout.NeedsAccount)),
        ];
        return new(
            ActKind.Payouts, terms.PayoutFloat, terms.Mint,
            [.. payouts.Select(payout => new TokenMove(terms.FloatTokens, payout.Account, payout.AmountMicro))],
            payouts, Memo: null, terms.NonceAccount is null ? BudgetInstructions : BudgetInstructions + 1);
    }

    public static ActPlan OfMint(PublicKey mintAuthority, PublicKey mint, PublicKey vaultTokens, ulong amountMicro) =>
        One(ActKind.Mint, mintAuthority, mint, new(null, vaultTokens, amountMicro));

    public static ActPlan OfRefill(
        PublicKey vault, PublicKey mint, PublicKey vaultTokens, PublicKey floatTokens, ulong amountMicro) =>
        One(ActKind.Refill, vault, mint, new(vaultTokens, floatTokens, amountMicro));

    public static ActPlan OfBurn(PublicKey vault, PublicKey mint, PublicKey vaultTokens, ulong amountMicro) =>
        One(ActKind.Burn, vault, mint, new(vaultTokens, null, amountMicro));

    /// <param name="wallet">Who owns the token account that the deposit came from.</param>
    public static ActPlan OfReturn(
        PublicKey vault, PublicKey mint, PublicKey vaultTokens, PublicKey wallet, ulong amountMicro) =>
        One(
            ActKind.Return, vault, mint,
            new(
                vaultTokens, AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(wallet, mint), amountMicro)) with
        {
            Wallet = wallet,
        };

    public static ActPlan OfMemo(PublicKey authority, PublicKey mint, string text) =>
        new(ActKind.Memo, authority, mint, Moves: [], Payouts: [], text, FirstInstruction: 0);

    private static ActPlan One(ActKind kind, PublicKey authority, PublicKey mint, TokenMove move) =>
        new(kind, authority, mint, [move], Payouts: [], Memo: null, FirstInstruction: 0);

    private static Dictionary<PublicKey, Int128> ChangesOf(ImmutableArray<TokenMove> moves)
    {
        var changes = new Dictionary<PublicKey, Int128>();
        foreach (var (from, to, amountMicro) in moves)
        {
            if (from is { } source)
            {
                changes[source] = changes.GetValueOrDefault(source) - amountMicro;
            }

            if (to is { } destination)
            {
                changes[destination] = changes.GetValueOrDefault(destination) + amountMicro;
            }
        }

        return changes.Where(change => change.Value != 0).ToDictionary();
    }
}
