namespace Stk.GrainInterfaces.Reconciling;

/// <summary>What holds ledger and chain against each other. Key: <c>chain</c>. For the silos alone.</summary>
[Alias("stk.reconciliation")]
public interface IReconciliationGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "chain";

    /// <summary>Looks at once whether something is due. It looks by itself too: a lost wake loses nothing.</summary>
    [Alias("wake"), AlwaysInterleave]
    Task Wake();
}
