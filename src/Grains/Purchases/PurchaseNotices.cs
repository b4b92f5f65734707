using System.Collections.Immutable;
using System.Globalization;
using Stk.Grains.Notices;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Notices;

namespace Stk.Grains.Purchases;

/// <summary>
/// What is told of a purchase, and of a refund: to the buyer, and to each who is paid, or gives back. A seller is not told
/// who has bought.
/// </summary>
internal static class PurchaseNotices
{
    /// <param name="id">Of the transaction.</param>
    public static IEnumerable<IEffect> OfPurchase(
        Guid id, long buyer, string service, Amount price, ImmutableArray<PaidPart> parts) =>
    [
        new NoticeEffect(Notice.Of(NoticeKinds.Purchase, buyer, new { service, price }, id.ToString())),
        .. Recipients(parts).Select(paid => new NoticeEffect(Notice.Of(
            NoticeKinds.Sale, paid.Number, new { service, amount = paid.Amount }, id.ToString(), Text(paid.Number)))),
    ];

    /// <param name="id">Of the refund's transaction.</param>
    public static IEnumerable<IEffect> OfRefund(
        Guid id, long buyer, string service, Amount price, ImmutableArray<PaidPart> parts) =>
    [
        new NoticeEffect(Notice.Of(
            NoticeKinds.Refund, buyer, new { service, amount = price, isSale = false }, id.ToString())),
        .. Recipients(parts).Select(paid => new NoticeEffect(Notice.Of(
            NoticeKinds.Refund, paid.Number, new { service, amount = paid.Amount, isSale = true }, id.ToString(),
            Text(paid.Number)))),
    ];

    // One may have several parts.
    private static IEnumerable<(long Number, Amount Amount)> Recipients(ImmutableArray<PaidPart> parts) => parts
        .Where(part => part.Recipient is not null && part.Amount > Amount.Zero)
        .GroupBy(part => part.Recipient!.Value) // filtered above
        .Select(group => (group.Key, Amount.Sum(group.Select(part => part.Amount))));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
