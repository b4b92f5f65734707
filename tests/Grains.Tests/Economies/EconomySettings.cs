namespace Stk.Grains.Tests.Economies;

/// <param name="Silos">Silos to start with.</param>
/// <param name="Clock"><c>manual</c> or <c>host</c>.</param>
/// <param name="ProbeSeconds">Two missed probes end a silo: few where one is killed, more where all are only busy.</param>
/// <param name="More">Further settings of the silos, by their whole names.</param>
internal sealed record EconomySettings(
    short Silos = 2, string Clock = "manual", int ProbeSeconds = 10, IReadOnlyDictionary<string, string?>? More = null);
