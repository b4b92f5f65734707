using Stk.Grains.Settling;
using Stk.Settlement.Plans;

namespace Stk.Grains.ChainActs;

/// <summary>How kinds of acts stand in JSON: for ever.</summary>
internal static class ChainActNames
{
    private static readonly ActKind[] Asked = [ActKind.Mint, ActKind.Refill, ActKind.Burn, ActKind.Memo];

    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public static ActKind KindOf(string name) => Array.Find(Asked, kind => SettlingNames.Of(kind) == name) is var kind
        && Asked.Contains(kind)
            ? kind
            : throw new ArgumentException($"there is no kind {name} that is asked for", nameof(name));
}
