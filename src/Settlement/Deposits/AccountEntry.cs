using System.Collections.Immutable;
using Stk.Settlement.Landings;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Deposits;

/// <summary>What one final transaction did to one of our token accounts.</summary>
/// <param name="AccountIndex">Of the account, among the transaction's.</param>
/// <param name="ChangeMicro">Below zero where it took something. Unit: micro-STK.</param>
/// <param name="Sender">Who owns the one token account that got less; null where there are several, or none is named.</param>
/// <param name="Memo">The text of its one memo; null where it has none, or several.</param>
public sealed record AccountEntry(
    Signature Signature, ulong Slot, int AccountIndex, Int128 ChangeMicro, PublicKey? Sender, string? Memo)
{
    /// <summary>The entry; null where the transaction cannot be read, or is not the one that was asked for.</summary>
    public static AccountEntry? Read(PublicKey account, PublicKey mint, Signature signature, LandedTransaction landed)
    {
        if (!Transaction.TryParse(landed.Bytes.AsSpan(), out var transaction, out _) || transaction.Id != signature)
        {
            return null;
        }

        // From a lookup table nobody can pay us: the account would not stand among the message's own.
        var index = transaction.Message.StaticKeys.IndexOf(account);
        var changes = Changes(landed, mint);
        var senders = changes.Where(change => change.Value.Micro < 0 && change.Key != index).ToList();
        var memos = MessageContent.Of(transaction.Message, mint).Memos;
        return index < 0
            ? null
            : new(
                signature, landed.Slot, index, changes.GetValueOrDefault(index).Micro,
                senders is [{ Value.Owner: var sender }] ? sender : null, memos is [var memo] ? memo : null);
    }

    private static Dictionary<int, (Int128 Micro, PublicKey? Owner)> Changes(LandedTransaction landed, PublicKey mint)
    {
        var changes = new Dictionary<int, (Int128 Micro, PublicKey? Owner)>();
        Add(landed.Before, -1);
        Add(landed.After, 1);
        return changes;

        void Add(ImmutableArray<TokenBalance> balances, int sign)
        {
            foreach (var balance in balances.Where(one => one.Mint == mint))
            {
                var (micro, owner) = changes.GetValueOrDefault(balance.AccountIndex);
                changes[balance.AccountIndex] = (micro + (sign * (Int128)balance.Amount), owner ?? balance.Owner);
            }
        }
    }
}
