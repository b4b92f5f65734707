using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.ChainActs;

/// <summary>Acts on chain whose keys no service has: mint, refill, burn, memo. Key: 0.</summary>
[Alias("stk.chain-acts")]
public interface IChainActsGrain : IGrainWithIntegerKey
{
    /// <summary>Asks for one: it waits for another person.</summary>
    [Alias("ask"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ChainActView>> Ask(AskChainActRequest request, CancellationToken cancellation);

    /// <summary>Newest first; week memos too.</summary>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ChainActPage> List(PageRequest request, CancellationToken cancellation);

    /// <summary>With what is to be signed, where it is approved. Null where there is none of this id.</summary>
    [Alias("get"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ChainActView?> Get(Guid id, CancellationToken cancellation);

    /// <summary>Approves, as another person, or rejects.</summary>
    [Alias("decide"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ChainActView>> Decide(DecideApprovalRequest request, CancellationToken cancellation);

    /// <summary>Takes what the key's holder has signed. The same bytes again change nothing.</summary>
    [Alias("put-signed"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SignedActReply> PutSigned(SignedActRequest request, CancellationToken cancellation);

    /// <summary>
    /// Payouts wait for the float: asks for a refill, unless one is asked for or on its way, or was rejected within a day.
    /// For whoever settles.
    /// </summary>
    /// <param name="lacking">What the payouts that wait come to beyond what the float has free.</param>
    [Alias("want-refill"), AlwaysInterleave]
    Task WantRefill(Amount lacking);
}
