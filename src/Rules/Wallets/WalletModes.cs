using System.Diagnostics;

namespace Stk.Rules.Wallets;

/// <summary>How modes stand in JSON.</summary>
public static class WalletModes
{
    public static string WireName(this WalletMode mode) => mode switch
    {
        WalletMode.Keep => "keep",
        WalletMode.Weekly => "weekly",
        _ => throw new UnreachableException(),
    };
}
