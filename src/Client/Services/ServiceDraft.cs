using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Client.Services;

/// <summary>What a provider or an operator says of a service.</summary>
/// <param name="Provider">Of an operator's: whose it is; null for the operators' own, and of a provider's.</param>
public sealed record ServiceDraft(
    string Name, Amount Price, ImmutableArray<SplitShare> Split, string? Description = null, Term? Term = null,
    ImmutableSortedDictionary<string, string>? Recipients = null, string? Provider = null);
