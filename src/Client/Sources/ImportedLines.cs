using System.Collections.Immutable;

namespace Stk.Client.Sources;

/// <summary>What became of the lines of a body.</summary>
/// <param name="Outcomes">How many events of each outcome.</param>
/// <param name="Nothing">Lines that give nothing.</param>
/// <param name="Rejected">The first 100; all are kept in quarantine, but for those that are too long.</param>
public sealed record ImportedLines(
    int Lines, ImmutableSortedDictionary<string, int> Outcomes, int Nothing, ImmutableArray<RejectedLine> Rejected);

/// <param name="Line">From 1, blank ones left out.</param>
public sealed record RejectedLine(int Line, Guid? Uuid, string Field, string Rule);
