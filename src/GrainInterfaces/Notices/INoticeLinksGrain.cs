using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Notices;

/// <summary>What links in messages do, for whoever has one: it is signed, and no other token is asked for. Key: 0.</summary>
[Alias("stk.notice-links")]
public interface INoticeLinksGrain : IGrainWithIntegerKey
{
    /// <summary>What a link is about; null where it is none of ours. Changes nothing.</summary>
    [Alias("find"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<LinkedNotices?> Find(string link, CancellationToken cancellation);

    /// <summary>Ends what a link is about. Again, it changes nothing and answers the same.</summary>
    /// <returns>Null where it is none of ours.</returns>
    [Alias("unsubscribe"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<LinkedNotices?> Unsubscribe(string link, CancellationToken cancellation);
}
