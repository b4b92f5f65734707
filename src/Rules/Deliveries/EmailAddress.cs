using System.Buffers;

namespace Stk.Rules.Deliveries;

/// <summary>An address that mail is sent to: the plain form, without names, quotes, comments or numbers.</summary>
public static class EmailAddress
{
    public const int LengthMax = 254;

    private const int LocalMax = 64;
    private const int LabelMax = 63;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    private static readonly SearchValues<char> OfLabels =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private static readonly SearchValues<char> OfLocals = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.");

    /// <summary>The rule that a text breaks; null where it is an address.</summary>
    public static string? Broken(string text) => IsAddress(text)
        ? null
        : "must be an e-mail address such as ann@example.org, in Latin letters, of at most 254 characters";

    private static bool IsAddress(string text)
    {
        var at = text.LastIndexOf('@');
        return text.Length <= LengthMax && at is > 0 and <= LocalMax
            && IsLocal(text.AsSpan(0, at)) && IsDomain(text.AsSpan(at + 1));
    }

    private static bool IsLocal(ReadOnlySpan<char> local) =>
        local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && !local.ContainsAnyExcept(OfLocals);

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var labels = 0;
        foreach (var part in domain.Split('.'))
        {
            var label = domain[part];
            if (label.Length is 0 or > LabelMax || label[0] == '-' || label[^1] == '-'
                || label.ContainsAnyExcept(OfLabels))
            {
                return false;
            }

            labels++;
        }

        // An address by number, or a name of this network.
        return labels > 1 && domain[(domain.LastIndexOf('.') + 1)..].ContainsAnyExcept(Digits);
    }
}
