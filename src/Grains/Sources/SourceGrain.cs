using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Texts;
using Stk.Rules.Time;
using PutPlan = Stk.Grains.Requests.RequestPlan<
    Stk.GrainInterfaces.Sources.SourceReply, Stk.GrainInterfaces.Sources.SourceReply>;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="ISourceGrain"/>
internal sealed class SourceGrain(SourceTable table, OperatorRegister register, KeyedWrites writes, IClock clock)
    : Grain, ISourceGrain
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

        switch (await writes.Change(request.Key, () => Plan(put, request, cancellation), cancellation))
        {
            case RequestAnswer<SourceReply, SourceReply>.Refused { Reason: var refusal }:
                return refusal;
            case RequestAnswer<SourceReply, SourceReply>.Done { View: var said, IsReplay: var isReplay }:
                // A week may have waited for this.
                await GrainFactory.GetGrain<IScheduleGrain>(0).Wake();
                return said with { Key = isReplay ? KeyUse.Replay : KeyUse.First };
            default:
                return (await table.Read(name, cancellation) ?? new(name, null, false)) with { Key = KeyUse.Reused };
        }
    }

    private async Task<PutPlan> Plan(SourceReply put, PutSourceRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new PutPlan.Refuse(put with { IsOperatorUnknown = true });
        }

        var before = await table.Read(put.Name, cancellation);
        return new PutPlan.Write(
            put,
            new(
                clock.Now, by.Subject, "source.change", put.Name, before is null ? null : Json(before), Json(put),
                Reason: null),
            OperatorRegister.Expect(by), SourceTable.Put(put.Name, request));
    }

    private static string Json(SourceReply source) =>
        AuditEntry.Json(new { completeTo = source.CompleteTo, required = source.IsRequired });
}
