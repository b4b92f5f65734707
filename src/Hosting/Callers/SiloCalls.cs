using Microsoft.Extensions.DependencyInjection;

namespace Stk.Hosting.Callers;

/// <summary>How a process comes to call as a silo.</summary>
public static class SiloCalls
{
    /// <summary>Calls from here are a silo's: for silos, and for harnesses that stand in for one.</summary>
    public static IServiceCollection AddSiloCalls(this IServiceCollection services) =>
        services.AddSingleton<IOutgoingGrainCallFilter, SiloCallFilter>();
}
