using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Stk.Cli.Replay;

/// <summary>What the economy holds, as <c>GET admin/totals</c> says it. Amounts are strings, in STK.</summary>
internal sealed record Totals(
    long Weeks, long Participants, StoredEvents Events, string Emitted, string Paid, string Frozen,
    ImmutableDictionary<string, string> Funds, LedgerHead? Head);

/// <summary>Events by the outcome they were stored with.</summary>
internal sealed record StoredEvents(
    long Counted, [property: JsonPropertyName("over_limit")] long OverLimit, long Late, long Ignored, long Applied)
{
    [JsonIgnore]
    public long All => Counted + OverLimit + Late + Ignored + Applied;
}

internal sealed record LedgerHead(long Sequence, string Hash);
