using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Services;

namespace Stk.GrainInterfaces.Services;

/// <summary>One version of a service, as it can be bought.</summary>
/// <param name="Version">From 1; each change is the next.</param>
/// <param name="Recipients">
/// By role, participants' ids: who is set. A role of the split that is not here is chosen by the buyer.
/// </param>
/// <param name="Provider">Who proposed it; null where an operator or the source did.</param>
[GenerateSerializer, Immutable, Alias("stk.service")]
public sealed record ServiceView(
    [property: Id(0)] string Id,
    [property: Id(1)] int Version,
    [property: Id(2)] ServiceState State,
    [property: Id(3)] string Name,
    [property: Id(4)] string Description,
    [property: Id(5)] Amount Price,
    [property: Id(6)] ImmutableArray<SplitShareView> Split,
    [property: Id(7)] TermView Term,
    [property: Id(8)] ImmutableDictionary<string, string> Recipients,
    [property: Id(9)] string? Provider,
    [property: Id(10)] DateTimeOffset ChangedAt);

[GenerateSerializer, Immutable, Alias("stk.split-share")]
public sealed record SplitShareView([property: Id(0)] string Role, [property: Id(1)] int ShareBp);

/// <summary>
/// What a purchase gives: without end, or so many days or months, or so many sessions. At most one is set.
/// </summary>
[GenerateSerializer, Immutable, Alias("stk.term")]
public sealed record TermView(
    [property: Id(0)] int? Days, [property: Id(1)] int? Months, [property: Id(2)] int? Sessions);

/// <summary>What a provider or an operator says of a service. Checked by <see cref="ServiceRules"/>.</summary>
[GenerateSerializer, Immutable, Alias("stk.service-draft")]
public sealed record ServiceDraft(
    [property: Id(0)] string Name,
    [property: Id(1)] string Description,
    [property: Id(2)] Amount Price,
    [property: Id(3)] ImmutableArray<SplitShareView> Split,
    [property: Id(4)] TermView Term,
    [property: Id(5)] ImmutableDictionary<string, string> Recipients);

/// <summary>A page of services, by id. A null <paramref name="Next"/> ends the list.</summary>
/// <param name="IsCursorValid">False where the request's cursor was none of ours: the page is empty then.</param>
[GenerateSerializer, Immutable, Alias("stk.service-page")]
public sealed record ServicePage(
    [property: Id(0)] ImmutableArray<ServiceView> Services,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <summary>A page of sales, newest first.</summary>
[GenerateSerializer, Immutable, Alias("stk.sales-page")]
public sealed record SalesPage(
    [property: Id(0)] ImmutableArray<SaleView> Sales,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <summary>One sale as a provider sees it: not who bought.</summary>
/// <param name="Income">The provider's part; it came back with a refund.</param>
[GenerateSerializer, Immutable, Alias("stk.sale")]
public sealed record SaleView(
    [property: Id(0)] Guid Purchase,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Service,
    [property: Id(3)] int Version,
    [property: Id(4)] string Role,
    [property: Id(5)] Amount Income,
    [property: Id(6)] bool IsRefunded);
