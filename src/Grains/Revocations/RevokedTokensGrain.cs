using System.Collections.Immutable;
using Orleans.Concurrency;
using Stk.GrainInterfaces.Revocations;

namespace Stk.Grains.Revocations;

/// <inheritdoc cref="IRevokedTokensGrain"/>
[StatelessWorker(1)]
internal sealed class RevokedTokensGrain(SiloRevocations revocations) : Grain, IRevokedTokensGrain
{
    public Task<ImmutableArray<RevocationView>> GetAfter(int number, CancellationToken cancellation) =>
        Task.FromResult(revocations.After(number).Select(row =>
            new RevocationView(row.Number, row.TokenId, row.Subject, row.Role, row.Before)).ToImmutableArray());
}
