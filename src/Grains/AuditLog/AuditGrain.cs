using Stk.GrainInterfaces.Audit;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;

namespace Stk.Grains.AuditLog;

/// <inheritdoc cref="IAuditGrain"/>
internal sealed class AuditGrain(AuditTable table) : Grain, IAuditGrain
{
    public async Task<AuditPage> GetEntries(PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("audit", "");
        var before = long.MaxValue;
        if (request.Cursor is { } cursor && !cursors.TryReadNumber(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        var entries = await table.Read(
            before, request.Limit + 1, request.Kind, request.From, request.Below, cancellation);
        return entries.Length > request.Limit
            ? new(entries[..request.Limit], cursors.WriteNumber(entries[request.Limit - 1].Sequence))
            : new(entries, null);
    }
}
