namespace Stk.Simulation.Settling;

/// <summary>What happens at a moment of a settlement's history, whatever else is under way.</summary>
internal abstract record SettlingStep(int AtMs)
{
    /// <summary>A person takes something out. Its number is its amount, too: no two are the same.</summary>
    public sealed record Withdraw(int AtMs, int Wallet) : SettlingStep(AtMs);

    /// <summary>Somebody sends something to the float.</summary>
    public sealed record Send(int AtMs, int AmountMicro) : SettlingStep(AtMs);

    /// <summary>We fill the float up from the vault.</summary>
    public sealed record Refill(int AtMs, int AmountMicro) : SettlingStep(AtMs);

    /// <summary>What becomes of a wallet's token account, by its owner's doing.</summary>
    public sealed record Change(int AtMs, int Wallet, AccountChange What) : SettlingStep(AtMs);

    /// <summary>A silo dies after so many acts more, each a row written or an order carried out.</summary>
    public sealed record Crash(int AtMs, int Acts) : SettlingStep(AtMs);

    /// <summary>Another silo thinks that it settles. The first is not told; it may stand still for a while.</summary>
    public sealed record Takeover(int AtMs, int PauseMs) : SettlingStep(AtMs);

    /// <summary>The signer's process dies.</summary>
    public sealed record SignerCrash(int AtMs) : SettlingStep(AtMs);

    /// <summary>The end of a row's next writing is not known; it was written or not.</summary>
    public sealed record LoseWrite(int AtMs, bool IsWritten) : SettlingStep(AtMs);

    /// <summary>Questions, answers and sendings are slow or late, and some are lost.</summary>
    public sealed record Network(int AtMs, int LengthMs, bool IsLossy) : SettlingStep(AtMs);

    /// <summary>Blocks are full of others' transactions.</summary>
    public sealed record Congestion(int AtMs, int LengthMs) : SettlingStep(AtMs);

    /// <summary>A node is not what it seems.</summary>
    public sealed record Trouble(int AtMs, int Node, NodeTrouble What, int LengthMs) : SettlingStep(AtMs);

    /// <summary>The last blocks, not yet final, are dropped; their transactions come again or not.</summary>
    public sealed record Fork(int AtMs, int Blocks, bool IsRelanded) : SettlingStep(AtMs);

    /// <summary>Somebody else's transaction names an act's reference.</summary>
    public sealed record Stranger(int AtMs, bool CopiesThePlan) : SettlingStep(AtMs);

    /// <summary>Two operators say how what is uncertain has ended.</summary>
    public sealed record Word(int AtMs, bool IsWrong) : SettlingStep(AtMs);
}

internal enum AccountChange
{
    Spend,
    Close,
    GiveAway,
    Open,
}

internal enum NodeTrouble
{
    /// <summary>Behind by some blocks, and it does not say so.</summary>
    Lag,

    /// <summary>Several machines behind one address, each of another moment.</summary>
    Balanced,

    /// <summary>It answers null, and empty lists, for what is ours.</summary>
    Lie,

    /// <summary>It follows another chain.</summary>
    OtherChain,

    /// <summary>It has thrown its history away.</summary>
    Prune,

    /// <summary>It leaves out errors.</summary>
    NoErrors,

    /// <summary>It stays on a fork that was dropped.</summary>
    DeadFork,

    /// <summary>It does not answer.</summary>
    Silent,
}
