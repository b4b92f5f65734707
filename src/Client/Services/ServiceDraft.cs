using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Client.Services;

/// <summary>What a provider or an operator says of a service.</summary>
public sealed record ServiceDraft(
    string Name, Amount Price, ImmutableArray<SplitShare> Split, string? Description = null, Term? Term = null,
    ImmutableSortedDictionary<string, string>? Recipients = null);
