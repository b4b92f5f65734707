namespace Stk.Rules.Participants;

/// <summary>
/// Order by code point, which is the order of UTF-8 bytes and PostgreSQL's <c>COLLATE "C"</c>. .NET's Ordinal orders
/// by UTF-16 unit, which puts U+10000 before U+E000.
/// </summary>
public sealed class CodePointComparer : IComparer<string>
{
    public static readonly CodePointComparer Instance = new();

    private CodePointComparer()
    {
    }

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var common = x.AsSpan().CommonPrefixLength(y);
        return common < x.Length && common < y.Length
            ? Rank(x[common]).CompareTo(Rank(y[common]))
            : x.Length.CompareTo(y.Length);
    }

    // Surrogates stand for what lies above U+FFFF: they move above U+E000 to U+FFFF, which close the gap.
    private static int Rank(char unit) => unit switch
    {
        >= '\uE000' => unit - 0x0800,
        >= '\uD800' => unit + 0x2000,
        _ => unit,
    };
}
