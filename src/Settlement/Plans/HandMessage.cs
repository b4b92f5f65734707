using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Vaults;

namespace Stk.Settlement.Plans;

/// <summary>The message of an act whose key is no service's. Pure.</summary>
public static class HandMessage
{
    /// <param name="id">The act's.</param>
    /// <param name="nonce">What stands in the key's nonce account.</param>
    /// <exception cref="ArgumentException">It is a batch of payouts, or moves something else than its kind.</exception>
    public static Message Of(Guid id, ActPlan plan, Blockhash nonce) => (plan.Kind, plan.Moves, plan.Memo) switch
    {
        (ActKind.Mint, [{ From: null, To: { } vault, AmountMicro: var micro }], null) =>
            HandMessages.Mint(id, plan.Authority, plan.Mint, vault, micro, nonce),
        (ActKind.Refill, [{ From: { } vault, To: { } tokens, AmountMicro: var micro }], null) =>
            HandMessages.Refill(id, plan.Authority, plan.Mint, vault, tokens, micro, nonce),
        (ActKind.Burn, [{ From: { } vault, To: null, AmountMicro: var micro }], null) =>
            HandMessages.Burn(id, plan.Authority, plan.Mint, vault, micro, nonce),
        (ActKind.Return, [{ From: { } vault, AmountMicro: var micro }], null) when plan.Wallet is { } wallet =>
            HandMessages.Return(id, plan.Authority, plan.Mint, vault, wallet, micro, nonce),
        (ActKind.Memo, [], { } text) => HandMessages.Memo(plan.Authority, text, nonce),
        _ => throw new ArgumentException($"a plan of {plan.Kind} is signed by no hand", nameof(plan)),
    };
}
