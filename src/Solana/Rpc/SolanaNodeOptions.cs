namespace Stk.Solana.Rpc;

/// <summary>One node.</summary>
public sealed class SolanaNodeOptions
{
    /// <summary>How we speak of it, in the log too: the address may hold a key.</summary>
    public string Name { get; set; } = "";

    public Uri? Url { get; set; }
}
