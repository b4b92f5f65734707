using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Services;
using Stk.Rules.Money;

namespace Stk.ApiHost.Pages;

/// <param name="Text">What is looked for, as typed.</param>
/// <param name="Mine">What was bought; null where that could not be read.</param>
public sealed record ServicesModel(
    ImmutableArray<ServiceView> Services, string Text, string From, string To, bool IsBroken, EntitlementsReply? Mine)
{
    public bool IsNarrowed => Text.Length > 0 || From.Length > 0 || To.Length > 0;
}

/// <param name="Available">Null where it could not be read.</param>
/// <param name="Named">By role, as typed.</param>
/// <param name="Slug">Of the problem; null where there is none.</param>
public sealed record ServiceModel(
    ServiceView Service, Amount? Available, ImmutableSortedDictionary<string, string> Named,
    ImmutableArray<FieldFault> Faults, string? Slug)
{
    public string? Fault(string field) => Faults.FirstOrDefault(fault => fault.Field == field)?.Text;
}

/// <param name="After">What is available once it is bought; null where it could not be read.</param>
/// <param name="Problem">Why it is not done yet; null where it was not asked for.</param>
public sealed record PurchaseCheckModel(
    ServiceView Service, ChosenPurchase Chosen, string Key, Amount? After, TransferTrouble? Problem = null);

/// <param name="Name">Of the service, or its id.</param>
/// <param name="Given">What it has given; null where it could not be read.</param>
public sealed record PurchaseReceiptModel(
    Guid Id, string Name, Amount Price, Amount After, DateTimeOffset At, EntitlementView? Given);
