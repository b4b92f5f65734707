using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Requests;
using Stk.Rules.Texts;
using Stk.Rules.Time;

namespace Stk.Grains.Participants;

/// <summary>A participant as operators know and change one. One an activation.</summary>
internal sealed class ParticipantProfile(
    ParticipantRecall recall, ParticipantTable table, KeyedWrites writes, EconomyClock clock)
{
    public async Task<ProfileReply?> Get()
    {
        var memory = await recall.Fresh(CancellationToken.None);
        return memory.Number is null ? null : Of(memory);
    }

    public async Task<ProfileReply> Change(ChangeProfileRequest request, CancellationToken cancellation)
    {
        if (OutsideName.Broken(recall.Id) is { } broken && (await recall.Fresh(cancellation)).Number is null)
        {
            return new(recall.Id, 1, IsExcluded: false, clock.Now, Broken: broken);
        }

        var answer = await writes.Change<ProfileReply, NoRefusal>(
            request.Key,
            async () =>
            {
                var memory = await recall.Fresh(cancellation);
                var change = new ProfileChange(
                    ChangeIds.Next(memory), clock.Now.InWholeMicroseconds(), request.Level, request.IsExcluded,
                    request.Reason, request.By);
                var changed = Of(memory.With(change));
                return new RequestPlan<ProfileReply, NoRefusal>.WriteBy(
                    changed, Entry(change, memory.Number is null ? null : Of(memory), changed),
                    // False where the change's week is sealed by now: it takes a later instant.
                    behind => table.Change(recall.Id, change, behind, cancellation));
            },
            cancellation);
        return answer switch
        {
            RequestAnswer<ProfileReply, NoRefusal>.Done { IsReplay: true, View: var said } =>
                said with { Key = KeyUse.Replay },
            RequestAnswer<ProfileReply, NoRefusal>.Done => Of(await recall.Reload()),
            _ => Of(await recall.Fresh(cancellation)) with { Key = KeyUse.Reused },
        };
    }

    private static AuditEntry Entry(ProfileChange change, ProfileReply? before, ProfileReply after) => new(
        change.At, change.By, "participant.change", after.Id, before is null ? null : Json(before), Json(after), change.Reason);

    private static string Json(ProfileReply profile) =>
        AuditEntry.Json(new { level = profile.Level, excluded = profile.IsExcluded });

    private ProfileReply Of(ParticipantMemory memory)
    {
        var now = clock.Now.AddTicks(1);
        return new(
            recall.Id, memory.Levels.Before(now), memory.Exclusions.Before(now),
            // One who is not registered yet is, with the change.
            memory.RegisteredAt ?? clock.Now.InWholeMicroseconds());
    }
}
