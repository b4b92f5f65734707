using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Client.Services;

/// <summary>One version of what is sold.</summary>
/// <param name="State">proposed, admitted or withdrawn.</param>
/// <param name="Split">In order; together 10,000 basis points.</param>
/// <param name="Recipients">By role: who is set. The buyer chooses the others.</param>
/// <param name="Provider">Who proposed it; null where an operator or the source did.</param>
public sealed record Service(
    string Id, int Version, string State, string Name, string? Description, Amount Price,
    ImmutableArray<SplitShare> Split, Term? Term, ImmutableSortedDictionary<string, string>? Recipients, string? Provider,
    DateTimeOffset ChangedAt);

/// <param name="ShareBp">Unit: basis points.</param>
public sealed record SplitShare(string Role, int ShareBp);

/// <summary>What a purchase gives: without end, or so many days, months or sessions.</summary>
public sealed record Term(int? Days = null, int? Months = null, int? Sessions = null);
