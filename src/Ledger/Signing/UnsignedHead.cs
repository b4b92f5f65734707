using System.Globalization;
using Stk.Ledger.Machine;

namespace Stk.Ledger.Signing;

/// <summary>Where a chain stood when signing began: up to here nothing is signed, after it everything is.</summary>
/// <param name="Sequence">0 where all is signed.</param>
public sealed record UnsignedHead(long Sequence, Digest Hash)
{
    /// <summary><c>SEQUENCE:HASH</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");
}
