using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Stk.Rules.Money;

namespace Stk.Client.Spending;

/// <summary>What a buyer says beside which service. What is null does not matter.</summary>
/// <param name="Recipients">By role, whom the buyer chooses where the service leaves it open.</param>
/// <param name="ExpectedPrice">Refused, <c>price-changed</c>, where it is another by now.</param>
/// <param name="ExpectedVersion">The same for any change of the service.</param>
/// <param name="Renew">Of a service for months: bought again for at most this price, until the buyer says otherwise.</param>
public sealed record PurchaseOrder(
    ImmutableSortedDictionary<string, string>? Recipients = null, Amount? ExpectedPrice = null,
    [property: JsonIgnore] int? ExpectedVersion = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Renew = null);
