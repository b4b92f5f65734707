using Npgsql;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;

namespace Stk.Grains.Payouts;

/// <summary>What an act that pays nobody means to the ledger, beside what it does on chain.</summary>
internal interface IAskedOutcome
{
    ActKind Kind { get; }

    /// <summary>It is there for good. Called again after a death: it may move nothing the second time.</summary>
    /// <exception cref="InvalidOperationException">The ledger has refused, or the rows are not the act's.</exception>
    Task Land(ChainAct act, LandedAt landed);

    /// <summary>The command, of whoever settles, that says that it has moved nothing and never will.</summary>
    NpgsqlBatchCommand Fail(ChainAct act);
}
