using System.Collections.Immutable;
using Stk.GrainInterfaces.Services;

namespace Stk.Grains.Services;

/// <inheritdoc cref="ICatalogueGrain"/>
internal sealed class CatalogueGrain(ServiceTable table) : Grain, ICatalogueGrain
{
    public Task<ImmutableArray<ServiceView>> List(bool isWhole, CancellationToken cancellation) =>
        table.ReadAll(isWhole, cancellation);
}
