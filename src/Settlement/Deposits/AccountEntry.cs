using System.Collections.Immutable;
using Stk.Settlement.Landings;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Deposits;

/// <summary>What one final transaction did to one of our token accounts.</summary>
/// <param name="AccountIndex">Of the account, among the transaction's; -1 where nobody asks for it.</param>
/// <param name="ChangeMicro">Below zero where it took something. Unit: micro-STK.</param>
/// <param name="Sender">Who owns the one token account that got less; null where there are several, or none.</param>
/// <param name="Memo">The text of its one memo; null where it has none, or several.</param>
public sealed record AccountEntry(
    Signature Signature, ulong Slot, int AccountIndex, Int128 ChangeMicro, PublicKey? Sender, string? Memo)
{
    // Of a transaction that has failed, or whose changes are known.
    private const int Unasked = -1;

    /// <summary>
    /// What of the change came from another of our accounts, or went there: nobody has sent it, and nobody has taken it.
    /// Unit: micro-STK.
    /// </summary>
    public Int128 InsideMicro { get; init; }

    /// <summary>What of it was minted: the mint authority alone can do that. Unit: micro-STK.</summary>
    public Int128 MintedMicro { get; init; }

    /// <summary>Who owns the one token account, none of ours, that got more; null where several did.</summary>
    public PublicKey? Receiver { get; init; }

    /// <summary>What others have sent, or below zero, what has left to them. Unit: micro-STK.</summary>
    public Int128 ForeignMicro => ChangeMicro - InsideMicro - MintedMicro;

    /// <summary>A transaction that has failed changes nothing.</summary>
    public static AccountEntry OfFailed(Signature signature, ulong slot) =>
        new(signature, slot, Unasked, 0, null, null);

    /// <summary>A transaction of ours that is known to have done its plan.</summary>
    public static AccountEntry OfPlan(PublicKey account, ActPlan plan, Signature signature, ulong slot) =>
        new(signature, slot, Unasked, plan.Changes.GetValueOrDefault(account), null, null)
        {
            MintedMicro = plan.Moves.Where(move => move.From is null && move.To == account)
                .Aggregate((Int128)0, (sum, move) => sum + move.AmountMicro),
        };

    /// <summary>The entry; null where the transaction cannot be read, or is not the one that was asked for.</summary>
    /// <param name="ours">All our token accounts, this one too.</param>
    public static AccountEntry? Read(
        PublicKey account, IReadOnlyCollection<PublicKey> ours, PublicKey mint, Signature signature,
        LandedTransaction landed)
    {
        if (!Transaction.TryParse(landed.Bytes.AsSpan(), out var transaction, out _) || transaction.Id != signature)
        {
            return null;
        }

        // Out of a lookup table anybody can pay us too.
        var keys = transaction.Message.StaticKeys.AddRange(landed.Loaded);
        var index = keys.IndexOf(account);
        var changes = ChangesOf(landed, mint);
        if (index < 0 || changes.Keys.Any(place => place >= keys.Length))
        {
            return null;
        }

        var memos = MessageContent.Of(transaction.Message, mint).Memos;
        var change = changes.GetValueOrDefault(index).Micro;
        var others = Sum(changes.Where(one => one.Key != index && ours.Contains(keys[one.Key])));
        var inside = change > 0 ? Int128.Clamp(-others, 0, change) : Int128.Clamp(-others, change, 0);
        var theirs = changes.Where(one => !ours.Contains(keys[one.Key])).ToList();
        return new(
            signature, landed.Slot, index, change,
            Only(changes.Where(one => one.Key != index && one.Value.Micro < 0)), memos is [var memo] ? memo : null)
        {
            InsideMicro = inside,
            MintedMicro = change > 0 ? Int128.Clamp(Sum(changes), 0, change - inside) : 0,
            Receiver = Only(theirs.Where(one => one.Value.Micro > 0)),
        };
    }

    private static Int128 Sum(IEnumerable<KeyValuePair<int, (Int128 Micro, PublicKey? Owner)>> changes) =>
        changes.Aggregate((Int128)0, (sum, change) => sum + change.Value.Micro);

    private static PublicKey? Only(IEnumerable<KeyValuePair<int, (Int128 Micro, PublicKey? Owner)>> changes) =>
        changes.Take(2).ToList() is [{ Value.Owner: var owner }] ? owner : null;

    // By the place of the token account; those of other mints are left out.
    private static Dictionary<int, (Int128 Micro, PublicKey? Owner)> ChangesOf(LandedTransaction landed, PublicKey mint)
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
