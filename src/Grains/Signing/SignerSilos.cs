using Microsoft.Extensions.DependencyInjection;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace Stk.Grains.Signing;

/// <summary>
/// Which silos can reach the signer: each says so in its metadata, and who settles is placed on those alone. Where none of
/// them is up it cannot be placed, and payouts wait.
/// </summary>
internal static class SignerSilos
{
    // On the wire between silos, for ever.
    private const string Key = "stk.signer";

    /// <summary>Has this silo say whether it is told of a signer.</summary>
    public static void AddSignerPlacement(this ISiloBuilder silo, bool hasSigner)
    {
        silo.UseSiloMetadata(hasSigner ? new Dictionary<string, string>(StringComparer.Ordinal) { [Key] = "1" } : []);
        silo.Services.AddPlacementFilter<Strategy, Director>(ServiceLifetime.Singleton);
    }

    internal sealed class Strategy() : PlacementFilterStrategy(order: 1);

    internal sealed class Director(ISiloMetadataCache silos) : IPlacementFilterDirector
    {
        public IEnumerable<SiloAddress> Filter(
            PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> candidates) =>
            candidates.Where(silo => silos.GetSiloMetadata(silo).Metadata.ContainsKey(Key));
    }
}

/// <summary>Puts an actor on silos that are told of a signer: <see cref="SignerSilos"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnSilosWithSignerAttribute() : PlacementFilterAttribute(new SignerSilos.Strategy());
