using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Sources;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="ISourceGrain"/>
internal sealed class SourceGrain(SourceTable table) : Grain, ISourceGrain
{
    public Task<SourceReply?> Get(CancellationToken cancellation) =>
        table.Read(this.GetPrimaryKeyString(), cancellation);

    public async Task<SourceReply> Put(PutSourceRequest request, CancellationToken cancellation)
    {
        await table.Put(this.GetPrimaryKeyString(), request, cancellation);
        // A week may have waited for this.
        await GrainFactory.GetGrain<IScheduleGrain>(0).Wake();
        return new(this.GetPrimaryKeyString(), request.CompleteTo, request.IsRequired);
    }
}
