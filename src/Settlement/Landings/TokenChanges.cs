using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Landings;

/// <summary>How much each token account has more after a transaction than before it.</summary>
public static class TokenChanges
{
    /// <summary>
    /// By token account, of our mint; those that end as they began are left out. Null where the answer names an account
    /// that is not in the message.
    /// </summary>
    public static IReadOnlyDictionary<PublicKey, Int128>? Of(Message message, LandedTransaction landed, PublicKey mint)
    {
        var changes = new Dictionary<PublicKey, Int128>();
        foreach (var (balance, sign) in landed.Before.Select(balance => (balance, -1))
            .Concat(landed.After.Select(balance => (balance, 1))))
        {
            if (balance.Mint != mint)
            {
                continue;
            }

            if (balance.AccountIndex < 0 || balance.AccountIndex >= message.StaticKeys.Length)
            {
                return null;
            }

            var account = message.StaticKeys[balance.AccountIndex];
            changes[account] = changes.GetValueOrDefault(account) + (sign * (Int128)balance.Amount);
        }

        return changes.Where(change => change.Value != 0).ToDictionary();
    }

    public static bool AreSame(
        IReadOnlyDictionary<PublicKey, Int128> left, IReadOnlyDictionary<PublicKey, Int128> right) =>
        left.Count == right.Count
        && left.All(change => right.TryGetValue(change.Key, out var other) && other == change.Value);
}
