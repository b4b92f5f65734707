using System.Collections.Immutable;

namespace Stk.Cli.Replay;

/// <summary>What the economy holds, as <c>GET admin/totals</c> says it. Amounts are strings, in STK.</summary>
/// <param name="Outcomes">Stored events by outcome.</param>
/// <param name="Sources">The same by source.</param>
/// <param name="Head">The journal's, SEQUENCE:HASH.</param>
internal sealed record Totals(
    long Weeks, long Participants, ImmutableDictionary<string, long> Outcomes,
    ImmutableDictionary<string, ImmutableDictionary<string, long>> Sources, string Emitted, string Paid, string Frozen,
    ImmutableArray<FundBalance> Funds, string Head)
{
    /// <summary>Events stored of one source.</summary>
    public long Stored(string source) =>
        Sources.TryGetValue(source, out var outcomes) ? outcomes.Values.Sum() : 0;
}

internal sealed record FundBalance(string Name, string Balance);
