namespace Stk.GrainInterfaces.Payouts;

/// <summary>
/// What settles on chain: gathers payouts and follows each act to its end. Key: <c>chain</c>. For the silos alone.
/// </summary>
[Alias("stk.settlement")]
public interface ISettlementGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "chain";

    /// <summary>Looks for payouts at once. It looks by itself too: a lost wake loses nothing.</summary>
    [Alias("wake"), AlwaysInterleave]
    Task Wake();
}
