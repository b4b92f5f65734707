using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Services;

namespace Stk.Rules.Spending;

/// <summary>A part of a price.</summary>
/// <param name="Recipient">A participant's id; null for the treasury.</param>
public readonly record struct SplitPart(string Role, string? Recipient, Amount Amount);

/// <summary>Divides a price over the roles of a split, and finds who stands for them.</summary>
public static class PurchaseSplit
{
    /// <summary>
    /// Parts in the split's order, together the price, to the micro-STK: largest remainder, ties to the earlier.
    /// </summary>
    /// <param name="split">Shares together 10,000 basis points.</param>
    /// <param name="set">By role, who is set on the service: the buyer cannot choose another.</param>
    /// <param name="chosen">By role, whom the buyer names where nobody is set.</param>
    /// <returns>Null where a role has nobody, or the buyer names what is not open.</returns>
    public static ImmutableArray<SplitPart>? Of(
        Amount price, IReadOnlyList<(string Role, int ShareBp)> split, IReadOnlyDictionary<string, string> set,
        IReadOnlyDictionary<string, string> chosen)
    {
        if (chosen.Any(choice => !IsOpen(choice.Key, choice.Value, split, set)))
        {
            return null;
        }

        var amounts = LargestRemainder.Split(price, [.. split.Select(share => share.ShareBp)]);
        var parts = ImmutableArray.CreateBuilder<SplitPart>(split.Count);
        foreach (var ((role, _), amount) in split.Zip(amounts))
        {
            var recipient = role == ServiceRules.TreasuryRole ? null
                : set.GetValueOrDefault(role) ?? chosen.GetValueOrDefault(role);
            if (recipient is null && role != ServiceRules.TreasuryRole)
            {
                return null;
            }

            parts.Add(new(role, recipient, amount));
        }

        return parts.MoveToImmutable();
    }

    // To name the one who is set changes nothing, and is allowed.
    private static bool IsOpen(
        string role, string participant, IReadOnlyList<(string Role, int ShareBp)> split,
        IReadOnlyDictionary<string, string> set) =>
        role != ServiceRules.TreasuryRole && split.Any(share => share.Role == role)
        && (!set.TryGetValue(role, out var standing) || standing == participant);
}
