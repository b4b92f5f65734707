using System.Globalization;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Ledger.Accounts;

/// <summary>Which account: <c>issuance</c>, <c>fund:rewards</c>, <c>week:2025-W51</c>, <c>available:17</c>.</summary>
/// <param name="Owner">A fund's, week's or participant's number; 0 where the kind has only one account.</param>
public readonly record struct AccountId(AccountKind Kind, long Owner)
{
    public static readonly AccountId Issuance = new(AccountKind.Issuance, 0);
    public static readonly AccountId Burned = new(AccountKind.Burned, 0);
    public static readonly AccountId Chain = new(AccountKind.Chain, 0);
    public static readonly AccountId ChainSuspense = new(AccountKind.ChainSuspense, 0);

    /// <summary>Whether such an account can be: the kind is known, and the owner is one that the kind can have.</summary>
    public bool IsPossible => Kind switch
    {
        AccountKind.Issuance or AccountKind.Burned or AccountKind.Chain or AccountKind.ChainSuspense => Owner == 0,
        AccountKind.Fund => Owner is >= 1 and <= 5,
        AccountKind.Week => IsWeek(Owner),
        AccountKind.Available or AccountKind.Frozen or AccountKind.Settling => Owner >= 1,
        _ => false,
    };

    public static AccountId Fund(Fund fund) => new(AccountKind.Fund, (long)fund);

    public static AccountId Week(WeekId week) => new(AccountKind.Week, week.Number);

    public static AccountId Available(long participant) => new(AccountKind.Available, participant);

    public static AccountId Frozen(long participant) => new(AccountKind.Frozen, participant);

    public static AccountId Settling(long participant) => new(AccountKind.Settling, participant);

    /// <summary>Reads what <see cref="ToString"/> writes for an account that can be, exactly.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AccountId account)
    {
        account = default;
        var colon = text.IndexOf(':');
        var owner = colon < 0 ? [] : text[(colon + 1)..];
        var kind = colon < 0 ? text : text[..colon];
        account = kind switch
        {
            "issuance" when colon < 0 => Issuance,
            "burned" when colon < 0 => Burned,
            "chain" when colon < 0 => Chain,
            "fund" => new(AccountKind.Fund, FundNumber(owner)),
            "chain" when owner is "suspense" => ChainSuspense,
            "week" => WeekId.TryParse(owner, out var week) ? Week(week) : default,
            "available" => new(AccountKind.Available, Number(owner)),
            "frozen" => new(AccountKind.Frozen, Number(owner)),
            "settling" => new(AccountKind.Settling, Number(owner)),
            _ => default,
        };
        return account.IsPossible;
    }

    public override string ToString() => Kind switch
    {
        AccountKind.Issuance when Owner == 0 => "issuance",
        AccountKind.Burned when Owner == 0 => "burned",
        AccountKind.Chain when Owner == 0 => "chain",
        AccountKind.ChainSuspense when Owner == 0 => "chain:suspense",
        AccountKind.Fund when IsPossible => $"fund:{((Fund)Owner).WireName()}",
        AccountKind.Week when IsPossible => $"week:{WeekId.OfNumber((int)Owner)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Kind.ToString().ToLowerInvariant()}:{Owner}"),
    };

    private static long FundNumber(ReadOnlySpan<char> name)
    {
        foreach (var fund in Funds.All)
        {
            if (name.SequenceEqual(fund.WireName()))
            {
                return (long)fund;
            }
        }

        return 0;
    }

    // "017" is no second name for 17.
    private static long Number(ReadOnlySpan<char> text) =>
        text is not ['0', ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private static bool IsWeek(long owner)
    {
        var (year, week) = (owner / 100, owner % 100);
        return year is >= 2000 and <= 9998 && week >= 1 && week <= ISOWeek.GetWeeksInYear((int)year);
    }
}
