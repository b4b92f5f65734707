using Microsoft.Extensions.DependencyInjection;
using Stk.Grains.Approvals;

namespace Stk.Grains.Reconciling;

internal static class ReconcilingRegistration
{
    /// <summary>Ledger and chain held against each other.</summary>
    public static void AddReconciling(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<ReconciliationTable>();
        silo.Services.AddSingleton<DifferenceTable>();
        silo.Services.AddSingleton<ReconciliationMetrics>();
        silo.Services.AddSingleton<Reconciliation>();
        silo.Services.AddSingleton<CoverApproval>();
        silo.Services.AddSingleton<IApprovalKind>(services => services.GetRequiredService<CoverApproval>());
        silo.Services.AddHostedService<ReconciliationWaker>();
        // Shown before anything is reconciled: alarms stand on the name.
        silo.AddStartupTask((services, _) => Task.FromResult(services.GetRequiredService<ReconciliationMetrics>()));
    }
}
