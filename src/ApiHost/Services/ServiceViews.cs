using System.Collections.Immutable;
using Stk.GrainInterfaces.Services;
using Stk.Rules.Money;
using Stk.Rules.Services;

namespace Stk.ApiHost.Services;

/// <param name="Version">From 1; each change is the next. It is also the ETag.</param>
/// <param name="State">proposed, admitted or withdrawn: only what is admitted can be bought.</param>
/// <param name="Split">Who gets what part of the price, in this order.</param>
/// <param name="Recipients">
/// Participants by role. A role of the split that is not here is chosen by the buyer; treasury is the fund.
/// </param>
/// <param name="Provider">Whose it is, or who proposes it; null where it is the operators' own.</param>
internal sealed record ServiceItem(
    string Id, int Version, string State, string Name, string Description, Amount Price, ImmutableArray<SplitItem> Split,
    TermItem Term, ImmutableDictionary<string, string> Recipients, string? Provider, DateTimeOffset ChangedAt)
{
    public static ServiceItem Of(ServiceView service) => new(
        service.Id, service.Version, WireName(service.State), service.Name, service.Description, service.Price,
        [.. service.Split.Select(share => new SplitItem(share.Role, share.ShareBp))],
        new(service.Term.Days, service.Term.Months, service.Term.Sessions), service.Recipients, service.Provider,
        service.ChangedAt);

    private static string WireName(ServiceState state) => state switch
    {
        ServiceState.Proposed => "proposed",
        ServiceState.Admitted => "admitted",
        ServiceState.Withdrawn => "withdrawn",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <param name="Role">author, mentor, developer, treasury or another.</param>
/// <param name="ShareBp">Unit: basis points; all together 10,000.</param>
internal sealed record SplitItem(string Role, int ShareBp);

/// <summary>What a purchase gives: at most one of the three; none is without end.</summary>
internal sealed record TermItem(int? Days = null, int? Months = null, int? Sessions = null);

/// <param name="Name">1 to 100 characters.</param>
/// <param name="Description">At most 1,000 characters.</param>
/// <param name="Price">Above zero.</param>
/// <param name="Split">1 to 16 roles, shares that sum to 10,000 basis points.</param>
/// <param name="Provider">
/// Of an operator's: whose the service is, a participant; absent for the operators' own. A provider's is its own and does
/// not say.
/// </param>
internal sealed record ServiceBody(
    string Name, Amount Price, ImmutableArray<SplitItem> Split, string? Description = null, TermItem? Term = null,
    ImmutableDictionary<string, string>? Recipients = null, string? Provider = null);

/// <param name="Recipients">By role: whom the buyer chooses where the service leaves it open (which mentor).</param>
/// <param name="ExpectedPrice">As the buyer has read it: with another the purchase is refused.</param>
/// <param name="Renew">
/// Of a service that is sold for months: they are followed by others for at most this price, until the buyer says otherwise.
/// </param>
internal sealed record PurchaseBody(
    ImmutableDictionary<string, string>? Recipients = null, Amount? ExpectedPrice = null, bool? Renew = null);

/// <summary>One sale as a recipient sees it: not who bought.</summary>
/// <param name="Income">The recipient's part; it went back where refunded.</param>
internal sealed record SaleItem(
    Guid Purchase, DateTimeOffset At, string Service, int Version, string Role, Amount Income, bool Refunded);
