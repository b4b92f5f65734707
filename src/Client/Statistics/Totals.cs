using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Stk.Rules.Money;

namespace Stk.Client.Statistics;

/// <summary>Sums over the whole economy.</summary>
/// <param name="Weeks">Weeks whose run is done.</param>
/// <param name="Outcomes">Stored events by outcome.</param>
/// <param name="Sources">The same by source.</param>
/// <param name="Head">The journal's, SEQUENCE:HASH.</param>
public sealed record Totals(
    long Weeks, long Participants, ImmutableSortedDictionary<string, long> Outcomes,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, long>> Sources, Amount Emitted, Amount Paid,
    Amount Frozen, ImmutableArray<FundBalance> Funds, string Head)
{
    /// <summary>The number of the journal's last commit: it only grows, but for an economy that was restored.</summary>
    [JsonIgnore]
    public long HeadSequence =>
        long.TryParse(Head.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;

    /// <summary>Events stored of one source.</summary>
    public long Stored(string source) =>
        Sources.TryGetValue(source, out var outcomes) ? outcomes.Values.Sum() : 0;
}
