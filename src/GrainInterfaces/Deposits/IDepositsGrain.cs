namespace Stk.GrainInterfaces.Deposits;

/// <summary>
/// What reads STK's own token accounts and credits what has arrived. Key: <c>chain</c>. For the silos alone.
/// </summary>
[Alias("stk.deposits")]
public interface IDepositsGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "chain";

    /// <summary>Reads at once. It reads by itself too: a lost wake loses nothing.</summary>
    [Alias("wake"), AlwaysInterleave]
    Task Wake();
}
