using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stk.Channels;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Rules.Time;
using Stk.Storage;

namespace Stk.Grains.Deliveries;

/// <summary>One channel on this silo: claims what is due, attempts it, and stores the answers.</summary>
internal sealed class ChannelRound(
    IChannelSender sender, DeliveryTable table, MessageWriter writer, DeliveryMetrics metrics, IClock clock,
    TimeProvider time, ILogger<ChannelRound> log)
{
    /// <summary>Attempts under way at once. Of each address there is one.</summary>
    private const int AtOnce = 64;

    /// <summary>What an attempt may take longer than its sender says, with the writing of its answer.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private int _underWay;

    public NoticeChannel Channel => sender.Channel;

    /// <summary>Claims what there is room for and begins with it.</summary>
    /// <returns>What was begun; each ends when its answer is stored, and none fails.</returns>
    public async Task<ImmutableArray<Task>> Begin(CancellationToken stopping)
    {
        var room = AtOnce - Volatile.Read(ref _underWay);
        if (room <= 0)
        {
            return [];
        }

        var claimed = await table.Claim(
            Channel, sender.PerSecond, room, sender.Longest + Margin, clock.Now, time.GetUtcNow(), stopping);
        FaultPoints.Reach("delivery.after-claim");
        Interlocked.Add(ref _underWay, claimed.Length);
        return [.. claimed.Select(one => Task.Run(() => Deliver(one, stopping), CancellationToken.None))];
    }

    private async Task Deliver(ClaimedDelivery claimed, CancellationToken stopping)
    {
        try
        {
            var (answer, isOfAddress) = await Attempt(claimed, stopping);
            metrics.Answered(answer, Channel);
            FaultPoints.Reach("delivery.before-answer");
            await Store(claimed, answer, isOfAddress);
            FaultPoints.Reach("delivery.after-answer");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Another takes it when the lease is over.
        }
        catch (Exception exception)
        {
            Log.DeliveryLost(log, exception, claimed.Notice, Channel);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    // False where it was not sent: it says nothing of the address.
    private async Task<(DeliveryAnswer Answer, bool IsOfAddress)> Attempt(
        ClaimedDelivery claimed, CancellationToken stopping)
    {
        if (claimed.Attempts > DeliveryAttempts.Max)
        {
            return (new DeliveryAnswer.Refused(DeliveryReasons.NoOutcome), false);
        }

        if (claimed.Address is not { Health.IsOff: false } address
            || (!address.IsConfirmed && claimed.Told.Kind != NoticeKinds.AddressConfirm))
        {
            return (new DeliveryAnswer.Refused(DeliveryReasons.NoAddress), false);
        }

        var gathered = claimed.IsDigest ? await table.ReadGathered(claimed.Notice, Channel, stopping) : [];
        OutgoingMessage message;
        try
        {
            message = await writer.Write(claimed, address, gathered, stopping);
        }
        catch (InvalidDataException wordless)
        {
            Log.NoWords(log, wordless, claimed.Notice, claimed.Told.Kind);
            return (new DeliveryAnswer.Refused(DeliveryReasons.NoText), false);
        }

        return (await sender.Send(message, stopping), true);
    }

    private async Task Store(ClaimedDelivery claimed, DeliveryAnswer answer, bool isOfAddress)
    {
        var now = time.GetUtcNow();
        if (answer is DeliveryAnswer.ChannelBusy(var reason, var after))
        {
            var length = DeliveryAttempts.Within(after);
            Log.ChannelBusy(log, Channel, reason, length);
            await table.Rest(Channel, now + length);
        }

        var chance = Random.Shared.Next(DeliveryAttempts.MostChance + 1);
        var step = DeliveryAttempts.After(answer, claimed.Attempts, now, chance);
        // Nothing was sent: the address is free again, and as it was.
        var health = isOfAddress
            ? claimed.Address?.Health.After(answer, now)
            : claimed.Address is { } address ? address.Health with { RestsTo = now } : null;
        if (!await table.Answer(claimed, step, health, clock.Now, now))
        {
            Log.AnswerTooLate(log, claimed.Notice, Channel);
            return;
        }

        if (step.State == DeliveryState.Dead)
        {
            Log.DeliveryDead(log, claimed.Notice, Channel, step.Attempts, step.Reason!);
        }

        if (health is { IsOff: true } && claimed.Address is { Health.IsOff: false })
        {
            Log.AddressOff(log, claimed.Participant, Channel);
        }
    }
}
