using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Suspensions;
using Stk.Rules.Texts;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Participants;

/// <summary>A participant as operators know and change one. One an activation.</summary>
internal sealed class ParticipantProfile(
    ParticipantRecall recall, ParticipantTable table, OperatorRegister register, KeyedWrites writes, EconomyClock clock,
    EconomyCache economy, SiloSuspensions suspensions)
{
    public async Task<ProfileReply?> Get()
    {
        var memory = await recall.Fresh(CancellationToken.None);
        return memory.Number is null ? null : Of(memory);
    }

    public async Task<StandingReply> GetStanding()
    {
        var memory = await recall.Fresh(CancellationToken.None);
        var (now, snapshot) = (clock.Now, economy.Current);
        var book = snapshot.RuleBooks.Of(WeekId.Of(now));
        var level = book.LevelOf(Math.Min(memory.Levels.Before(now.AddTicks(1)), book.Levels.Length));
        return new(
            level.Number, level.Name, level.Coefficient.Hundredths, memory.Exclusions.Before(now.AddTicks(1)),
            memory.Number is { } number && suspensions.IsSuspended(number), memory.RegisteredAt, now, clock.IsStanding,
            snapshot.Genesis);
    }

    public async Task<ProfileReply> Change(ChangeProfileRequest request, CancellationToken cancellation)
    {
        if (OutsideName.Broken(recall.Id) is { } broken && (await recall.Fresh(cancellation)).Number is null)
        {
            return new(recall.Id, 1, IsExcluded: false, clock.Now, Broken: broken);
        }

        RequestAnswer<ProfileReply, ProfileRefusal> answer;
        try
        {
            answer = await writes.Change<ProfileReply, ProfileRefusal>(
                request.Key, () => Plan(request, cancellation), cancellation);
        }
        catch (OutcomeUnknownException)
        {
            // It may have landed or not: the next activation reads what did.
            recall.End();
            throw;
        }

        return answer switch
        {
            // Also of a copy: the first one may have landed without its word, and then this activation has not heard of it.
            RequestAnswer<ProfileReply, ProfileRefusal>.Done(var said, var isReplay) =>
                await recall.Reload() is var memory && isReplay ? said with { Key = KeyUse.Replay } : Of(memory),
            RequestAnswer<ProfileReply, ProfileRefusal>.Refused { Reason: var refusal } =>
                Of(await recall.Fresh(cancellation)) with { Refusal = refusal },
            _ => Of(await recall.Fresh(cancellation)) with { Key = KeyUse.Reused },
        };
    }

    private async Task<RequestPlan<ProfileReply, ProfileRefusal>> Plan(
        ChangeProfileRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new RequestPlan<ProfileReply, ProfileRefusal>.Refuse(ProfileRefusal.OperatorUnknown);
        }

        if (by.Owns(recall.Id))
        {
            return new RequestPlan<ProfileReply, ProfileRefusal>.Refuse(ProfileRefusal.OwnAffair);
        }

        var memory = await recall.Fresh(cancellation);
        var change = new ProfileChange(
            ChangeIds.Next(memory), clock.Now.InWholeMicroseconds(), request.Level, request.IsExcluded,
            request.Reason, request.By)
        {
            TakesBackLevel = request.TakesBackLevel,
            TakesBackExclusion = request.TakesBackExclusion,
        };
        var changed = Of(memory.With(change));
        return new RequestPlan<ProfileReply, ProfileRefusal>.WriteBy(
            changed, Entry(change, memory.Number is null ? null : Of(memory), changed),
            // False where the change's week is sealed by now: it takes a later instant.
            behind => table.Change(recall.Id, change, [OperatorRegister.Expect(by), .. behind], cancellation));
    }

    private static AuditEntry Entry(ProfileChange change, ProfileReply? before, ProfileReply after) => new(
        change.At, change.By, "participant.change", after.Id,
        before is null ? null : AuditEntry.Json(new { level = before.Level, excluded = before.IsExcluded }),
        AuditEntry.Json(new
        {
            level = after.Level,
            excluded = after.IsExcluded,
            stands = true,
            takesBackLevel = change.TakesBackLevel,
            takesBackExclusion = change.TakesBackExclusion,
            change = change.Uuid,
        }),
        change.Reason);

    private ProfileReply Of(ParticipantMemory memory)
    {
        var now = clock.Now.AddTicks(1);
        return new(
            recall.Id, memory.Levels.Before(now), memory.Exclusions.Before(now),
            // One who is not registered yet is, with the change.
            memory.RegisteredAt ?? clock.Now.InWholeMicroseconds());
    }
}
