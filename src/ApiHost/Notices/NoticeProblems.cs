using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Notices;

/// <summary>Why an address is not taken. Slugs are for ever: clients decide by them.</summary>
internal static class NoticeProblems
{
    public static readonly ProblemType ChannelNotOffered = new("channel-not-offered", 409, "Channel not offered",
        "This installation does not send on a channel of which an address was given. Nothing has changed: choose without it.");

    public static readonly ProblemType TooManyConfirmations = new("too-many-confirmations", 409, "Too many confirmations",
        "Five letters that ask to confirm an address were sent for this participant within a day. The address is as before, and so is what was chosen beside it.");

    public static readonly ProblemType AddressConfirmed = new("address-confirmed", 409, "Address confirmed",
        "The channel's address needs no confirmation: it was given, or a webhook's address counts without one. Nothing was sent.");

    public static readonly ImmutableArray<ProblemType> All = [ChannelNotOffered, TooManyConfirmations, AddressConfirmed];
}
