using System.Collections.Immutable;
using System.Diagnostics;

namespace Stk.Rules.Notices;

/// <summary>
/// A way to tell somebody beside the inbox, which has every notice by itself. Stored: add at the end, never renumber.
/// </summary>
public enum NoticeChannel : short
{
    Email = 1,

    /// <summary>A private message in the forum.</summary>
    Discourse = 2,

    Webhook = 3,
}

public static class NoticeChannels
{
    public static readonly ImmutableArray<NoticeChannel> All =
        [NoticeChannel.Email, NoticeChannel.Discourse, NoticeChannel.Webhook];

    public static string WireName(this NoticeChannel channel) => channel switch
    {
        NoticeChannel.Email => "email",
        NoticeChannel.Discourse => "discourse",
        NoticeChannel.Webhook => "webhook",
        _ => throw new UnreachableException(),
    };

    /// <summary>Null where no channel is called so.</summary>
    public static NoticeChannel? Find(string name) => All.Cast<NoticeChannel?>()
        .FirstOrDefault(channel => channel!.Value.WireName() == name); // none of them is null
}
