using System.Diagnostics;

namespace Stk.Rules.Deposits;

/// <summary>How states of deposits stand in JSON: for ever.</summary>
public static class DepositNames
{
    public static string WireName(this DepositState state) => state switch
    {
        DepositState.Credited => "credited",
        DepositState.Suspense => "suspense",
        DepositState.Assigned => "assigned",
        DepositState.Returning => "returning",
        DepositState.Returned => "returned",
        _ => throw new UnreachableException(),
    };
}
