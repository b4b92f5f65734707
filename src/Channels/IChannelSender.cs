using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.Channels;

/// <summary>
/// What speaks to the other side of a channel. It keeps nothing and decides nothing but what an answer means.
/// </summary>
public interface IChannelSender
{
    NoticeChannel Channel { get; }

    /// <summary>Whether this installation has the channel at all.</summary>
    bool IsConfigured { get; }

    /// <summary>Steady, over the whole economy. Unit: messages a second.</summary>
    double PerSecond { get; }

    /// <summary>No attempt of <see cref="Send"/> takes longer.</summary>
    TimeSpan Longest { get; }

    /// <summary>One attempt. It does not throw for anything that the other side can do.</summary>
    /// <exception cref="OperationCanceledException">Asked to: nobody knows whether it has arrived.</exception>
    Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancellation);
}
