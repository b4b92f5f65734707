using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.AuditLog;
using Stk.Grains.Requests;
using Stk.Rules.Texts;
using Stk.Rules.Time;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="ISourceGrain"/>
internal sealed class SourceGrain(SourceTable table, KeyedWrites writes, IClock clock) : Grain, ISourceGrain
{
    public Task<SourceReply?> Get(CancellationToken cancellation) =>
        table.Read(this.GetPrimaryKeyString(), cancellation);

    public async Task<SourceReply> Put(PutSourceRequest request, CancellationToken cancellation)
    {
        var name = this.GetPrimaryKeyString();
        var put = new SourceReply(name, request.CompleteTo, request.IsRequired);
        if (OutsideName.BrokenOfSource(name) is { } broken && await table.Read(name, cancellation) is null)
        {
            return put with { Broken = broken };
        }

        var answer = await writes.Change<SourceReply, NoRefusal>(
            request.Key,
            async () =>
            {
                var before = await table.Read(name, cancellation);
                var entry = new AuditEntry(
                    clock.Now, request.By, "source.change", name, before is null ? null : Json(before), Json(put),
                    Reason: null);
                return new RequestPlan<SourceReply, NoRefusal>.Write(put, entry, SourceTable.Put(name, request));
            },
            cancellation);
        if (answer is not RequestAnswer<SourceReply, NoRefusal>.Done { View: var said, IsReplay: var isReplay })
        {
            return (await table.Read(name, cancellation) ?? new(name, null, false)) with { Key = KeyUse.Reused };
        }

        // A week may have waited for this.
        await GrainFactory.GetGrain<IScheduleGrain>(0).Wake();
        return said with { Key = isReplay ? KeyUse.Replay : KeyUse.First };
    }

    private static string Json(SourceReply source) =>
        AuditEntry.Json(new { completeTo = source.CompleteTo, required = source.IsRequired });
}
