using System.Globalization;

namespace Stk.Grains.Vesting;

/// <summary>What a frozen reward is called: the transaction that froze it and, of a weekly one, its place there.</summary>
/// <param name="Position">Null for what a fund's spending has frozen.</param>
internal readonly record struct GrantId(Guid Transaction, int? Position)
{
    public static bool TryParse(string text, out GrantId id)
    {
        id = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (!Guid.TryParseExact(dot < 0 ? text : text[..dot], "D", out var transaction))
        {
            return false;
        }

        if (dot < 0)
        {
            id = new(transaction, null);
            return true;
        }

        var isRead = int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position);
        id = new(transaction, position);
        return isRead;
    }

    public override string ToString() => Position is { } position
        ? string.Create(CultureInfo.InvariantCulture, $"{Transaction}.{position}")
        : Transaction.ToString();
}
