using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stk.Solana.Keys;

namespace Stk.Settlement.Plans;

/// <summary>A plan as its row has it: JSON, addresses in base58, amounts in micro-STK.</summary>
internal sealed record StoredPlan(
    int Kind,
    string Authority,
    string Mint,
    ImmutableArray<StoredPlan.Move> Moves,
    ImmutableArray<StoredPlan.Payout> Payouts,
    string? Memo,
    int FirstInstruction,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Wallet = null)
{
    public static string ToJson(ActPlan plan) => JsonSerializer.Serialize(
        new(
            (int)plan.Kind, plan.Authority.ToString(), plan.Mint.ToString(),
            [.. plan.Moves.Select(move => new Move(move.From?.ToString(), move.To?.ToString(), move.AmountMicro))],
            [
                .. plan.Payouts.Select(payout => new Payout(
                    payout.Id, payout.Wallet.ToString(), payout.Account.ToString(), payout.AmountMicro,
                    payout.NeedsAccount)),
            ],
            plan.Memo, plan.FirstInstruction, plan.Wallet?.ToString()),
        PlanJson.Default.StoredPlan);

    public static ActPlan FromJson(string json)
    {
        var stored = JsonSerializer.Deserialize(json, PlanJson.Default.StoredPlan)
            ?? throw new JsonException("plan: null in place of an object");
        return new(
            Enum.IsDefined((ActKind)stored.Kind)
                ? (ActKind)stored.Kind
                : throw new JsonException($"plan: there is no kind {stored.Kind}"),
            PublicKey.Parse(stored.Authority), PublicKey.Parse(stored.Mint),
            [.. stored.Moves.Select(move => new TokenMove(Key(move.From), Key(move.To), move.AmountMicro))],
            [
                .. stored.Payouts.Select(payout => new PlannedPayout(
                    payout.Id, PublicKey.Parse(payout.Wallet), PublicKey.Parse(payout.Account), payout.AmountMicro,
                    payout.NeedsAccount)),
            ],
            stored.Memo, stored.FirstInstruction, Key(stored.Wallet));
    }

    private static PublicKey? Key(string? text) => text is null ? null : PublicKey.Parse(text);

    internal sealed record Move(string? From, string? To, ulong AmountMicro);

    internal sealed record Payout(Guid Id, string Wallet, string Account, ulong AmountMicro, bool NeedsAccount);
}
