using Stk.Rules.Money;

namespace Stk.Ledger;

/// <summary>The breaker: no transaction, whoever posts it, takes issuance beyond what the schedule has by then.</summary>
public interface IIssuanceLimit
{
    /// <summary>The most that may have been issued in all by an instant; zero before genesis. Fast, and without I/O:
    /// it is asked at each commit.</summary>
    Amount At(DateTimeOffset instant);
}
