using System.Globalization;
using Stk.Ledger.Machine;

namespace Stk.Ledger;

/// <summary>The last commit: published outside the database, it shows a cut tail.</summary>
/// <param name="Sequence">0 for an empty book.</param>
/// <param name="At">The commit's time; 1970 for an empty book.</param>
public sealed record LedgerHead(long Sequence, Digest Hash, DateTimeOffset At)
{
    /// <summary>Reads <c>SEQUENCE:HASH</c>, the hash in hexadecimal.</summary>
    public static bool TryParse(string text, out long sequence, out Digest hash)
    {
        hash = default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        sequence = 0;
        return colon > 0
            && long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
            && Digest.TryParse(text[(colon + 1)..], out hash);
    }

    /// <summary><c>SEQUENCE:HASH</c>, as <c>verify --head</c> takes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}
