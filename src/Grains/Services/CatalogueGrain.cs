using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Services;
using Stk.Grains.Paging;

namespace Stk.Grains.Services;

/// <inheritdoc cref="ICatalogueGrain"/>
internal sealed class CatalogueGrain(ServiceTable table) : Grain, ICatalogueGrain
{
    public async Task<ImmutableArray<ServiceView>> List(bool isWhole, CancellationToken cancellation) =>
        [.. (await table.ReadPage(isWhole, "", 0, int.MaxValue, cancellation)).Select(found => found.View)];

    public async Task<ServicePage> Page(bool isWhole, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors(isWhole ? "services-whole" : "services", "");
        var (id, space) = ("", 0L);
        if (request.Cursor is { } cursor && !cursors.TryReadName(cursor, out id, out space))
        {
            return new([], null, IsCursorValid: false);
        }

        var found = await table.ReadPage(isWhole, id, space, request.Limit + 1, cancellation);
        var next = found.Length > request.Limit && found[request.Limit - 1] is var (last, lastSpace)
            ? cursors.WriteName(last.Id, lastSpace)
            : null;
        return new([.. found.Take(request.Limit).Select(one => one.View)], next);
    }
}
