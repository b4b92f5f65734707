using Microsoft.Extensions.DependencyInjection;
using Stk.Grains.Approvals;

namespace Stk.Grains.ChainActs;

internal static class ChainActsRegistration
{
    /// <summary>Acts on chain whose keys no service has.</summary>
    public static void AddChainActs(this IServiceCollection services)
    {
        services.AddSingleton<ChainActTable>();
        services.AddSingleton<ActBounds>();
        services.AddSingleton<HandSigning>();
        services.AddSingleton<RefillAsking>();
        services.AddSingleton<IApprovalKind, ChainActApproval>();
    }
}
