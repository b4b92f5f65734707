using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.AuditLog;
using Stk.Grains.Requests;
using Stk.Rules.Time;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="ISourceGrain"/>
internal sealed class SourceGrain(SourceTable table, OperatorDesk desk, IClock clock) : Grain, ISourceGrain
{
    public Task<SourceReply?> Get(CancellationToken cancellation) =>
        table.Read(this.GetPrimaryKeyString(), cancellation);

    public async Task<SourceReply> Put(PutSourceRequest request, CancellationToken cancellation)
    {
        var name = this.GetPrimaryKeyString();
        var put = new SourceReply(name, request.CompleteTo, request.IsRequired);
        var answer = await desk.Answer(
            request.Key,
            async () =>
            {
                var before = await table.Read(name, cancellation);
                return desk.Change(
                    new(
                        clock.Now, request.By, "source.change", name, before is null ? null : Said(before), Said(put),
                        Reason: null),
                    put,
                    SourceTable.Put(name, request));
            },
            cancellation);
        if (answer is not { Answer: { } said, Key: var key })
        {
            return (await table.Read(name, cancellation) ?? new(name, null, false)) with { Key = KeyUse.Reused };
        }

        // A week may have waited for this.
        await GrainFactory.GetGrain<IScheduleGrain>(0).Wake();
        return said with { Key = key };
    }

    private static string Said(SourceReply source) =>
        AuditEntry.Json(new { completeTo = source.CompleteTo, required = source.IsRequired });
}
