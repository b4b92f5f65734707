using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Notices;

/// <summary>
/// What a participant is told, and how it wants to be told, from the database: anywhere in the cluster and apart from the
/// participant's own actor. Key: the participant id.
/// </summary>
[Alias("stk.notices")]
public interface INoticesGrain : IGrainWithStringKey
{
    /// <summary>The inbox, newest first.</summary>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<InboxPage> List(ListNotices request, CancellationToken cancellation);

    /// <summary>How much is unread, and what is the newest.</summary>
    [Alias("state"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<InboxState> GetState(CancellationToken cancellation);

    /// <summary>The participant has read a notice. Again, it changes nothing.</summary>
    /// <returns>False where it has none of this id.</returns>
    [Alias("read"), AlwaysInterleave, MayCall(CallerRoles.Self)]
    Task<bool> Read(Guid notice, CancellationToken cancellation);

    /// <summary>The participant has read a notice and all that came before it.</summary>
    /// <returns>False where it has none of this id.</returns>
    [Alias("read-through"), AlwaysInterleave, MayCall(CallerRoles.Self)]
    Task<bool> ReadThrough(Guid notice, CancellationToken cancellation);

    [Alias("preferences"), AlwaysInterleave, MayCall(CallerRoles.Self)]
    Task<NoticeChoices> GetPreferences(CancellationToken cancellation);

    /// <summary>In place of all that was chosen before.</summary>
    /// <returns>Null where nobody has this id yet.</returns>
    [Alias("set-preferences"), AlwaysInterleave, MayCall(CallerRoles.Self)]
    Task<NoticeChoices?> SetPreferences(NoticeChoices choices, CancellationToken cancellation);

    /// <summary>In which language the participant is told of things: <c>ru</c>, <c>en</c>.</summary>
    [Alias("language"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<string> GetLanguage(CancellationToken cancellation);
}
