using System.Collections.Immutable;

namespace Stk.Channels;

/// <summary>What is sent to one address of somebody's.</summary>
/// <param name="Id">Of the notice, or of the digest: the same in each attempt. The other side knows a repeat by it.</param>
/// <param name="Address">Of the channel: of mail, a name in the forum, an https address.</param>
/// <param name="IsRepeat">An attempt before may have arrived, and its answer been lost.</param>
public sealed record OutgoingMessage(Guid Id, string Address, string Subject, string Text, bool IsRepeat)
{
    /// <summary>The language of its words: ru or en.</summary>
    public string Language { get; init; } = "ru";

    /// <summary>Where this kind can be had no more on this channel, by one POST; null where it is always sent.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>For programs: JSON.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What it is signed with, all that are valid now, the newest first.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Secrets { get; init; } = [];
}
