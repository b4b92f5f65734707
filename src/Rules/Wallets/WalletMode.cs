namespace Stk.Rules.Wallets;

/// <summary>What becomes of a week's STK. Stored and sent: add at the end, never renumber.</summary>
public enum WalletMode
{
    /// <summary>They stay in the cabinet, until their owner takes them out.</summary>
    Keep = 1,

    /// <summary>What a week released goes to the wallet, in the weekly run.</summary>
    Weekly = 2,
}
