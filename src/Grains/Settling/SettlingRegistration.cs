using Microsoft.Extensions.DependencyInjection;
using Stk.Grains.Approvals;

namespace Stk.Grains.Settling;

internal static class SettlingRegistration
{
    /// <summary>Where operators see and steer settlement.</summary>
    public static void AddSettling(this IServiceCollection services)
    {
        services.AddSingleton<SettlingTable>();
        services.AddSingleton<PauseTable>();
        services.AddSingleton<ChainSight>();
        services.AddSingleton<FreshLook>();
        services.AddSingleton<SameCalls>();
        services.AddSingleton<BatchResolution>();
        services.AddSingleton<IApprovalKind>(services => services.GetRequiredService<BatchResolution>());
        services.AddSingleton<IApprovalKind, SettlementResume>();
    }
}
