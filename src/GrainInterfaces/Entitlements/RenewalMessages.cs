using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Entitlements;

/// <param name="Entitlement">What was bought, or any of the months that have followed it.</param>
/// <param name="MaxPrice">Of one renewal; null for what was paid last. Where it is off, null.</param>
[GenerateSerializer, Immutable, Alias("stk.choose-renewal")]
public sealed record ChooseRenewalRequest(
    [property: Id(0)] Guid Entitlement, [property: Id(1)] bool IsOn, [property: Id(2)] Amount? MaxPrice);

/// <param name="MaxPrice">Null where it is off.</param>
[GenerateSerializer, Immutable, Alias("stk.renewal-choice")]
public sealed record RenewalChoiceView([property: Id(0)] bool IsOn, [property: Id(1)] Amount? MaxPrice);
