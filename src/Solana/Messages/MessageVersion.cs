namespace Stk.Solana.Messages;

/// <summary>The two forms of message that every node takes.</summary>
public enum MessageVersion
{
    Legacy = 1,

    /// <summary>Version 0: can take addresses from lookup tables.</summary>
    V0 = 2,
}
