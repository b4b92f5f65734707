using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.Client.Sources;

/// <summary>A week of a source, held against what is stored. The figures are null until it is done.</summary>
/// <param name="State">waiting or done.</param>
/// <param name="Missing">What the source had and was not stored.</param>
/// <param name="TakenBack">What stood, and stood no more once the source was asked.</param>
/// <param name="Added">Of what was missing, what is stored now.</param>
/// <param name="AskedBy">Null where it came by itself.</param>
public sealed record WeekCheck(
    Guid Id, WeekId Week, string State, int? Missing, int? TakenBack, int? Added, DateTimeOffset? CheckedTo, string? Reason,
    string? AskedBy, DateTimeOffset AskedAt);

/// <param name="Items">The newest first; at most 200.</param>
public sealed record WeekCheckList(ImmutableArray<WeekCheck> Items);
