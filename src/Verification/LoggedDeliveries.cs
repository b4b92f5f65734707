using System.Collections.Immutable;

namespace Stk.Verification;

/// <summary>The part of <see cref="LoggedKinds"/> that says what operators have done about what is sent to people.</summary>
internal static class LoggedDeliveries
{
    private const string ChannelName = "(ARRAY['email', 'discourse', 'webhook'])[channel]";

    private static readonly LoggedKind Pauses = new(
        "notices.pauses",
        $"""
        SELECT format('%s at %s', {ChannelName}, at), jsonb_build_object(
            'by', by, 'at', at, 'reason', {LoggedKinds.Hash("reason")}, 'paused', is_paused)
        FROM notices.pauses
        """,
        $"""
        SELECT format('%s at %s', subject, at), jsonb_build_object(
            'by', by, 'at', at, 'reason', {LoggedKinds.Hash("reason")}, 'paused', after -> 'paused')
        FROM logged WHERE action IN ('channel.pause', 'channel.resume')
        """);

    private static readonly LoggedKind Retries = new(
        "notices.retries",
        $"""
        SELECT request::text, jsonb_build_object(
            'by', by, 'at', at, 'reason', {LoggedKinds.Hash("reason")}, 'notice', notice, 'channel', {ChannelName})
        FROM notices.retries
        """,
        $"""
        SELECT after ->> 'request', jsonb_build_object(
            'by', by, 'at', at, 'reason', {LoggedKinds.Hash("reason")}, 'notice', after -> 'notice',
            'channel', after -> 'channel')
        FROM logged WHERE action = 'notice.retry'
        """);

    /// <summary>In the order they are looked at.</summary>
    public static ImmutableArray<LoggedKind> All { get; } = [Pauses, Retries];
}
