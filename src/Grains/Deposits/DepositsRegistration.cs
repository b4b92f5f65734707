using Microsoft.Extensions.DependencyInjection;
using Stk.Grains.Approvals;
using Stk.Grains.Payouts;

namespace Stk.Grains.Deposits;

internal static class DepositsRegistration
{
    /// <summary>What comes back from wallets.</summary>
    public static void AddDeposits(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<CursorTable>();
        silo.Services.AddSingleton<DepositTable>();
        silo.Services.AddSingleton<DepositMetrics>();
        silo.Services.AddSingleton<DepositIntake>();
        silo.Services.AddSingleton<DepositAssignment>();
        silo.Services.AddSingleton<IApprovalKind>(services => services.GetRequiredService<DepositAssignment>());
        silo.Services.AddSingleton<DepositReturn>();
        silo.Services.AddSingleton<IApprovalKind>(services => services.GetRequiredService<DepositReturn>());
        silo.Services.AddSingleton<IAskedOutcome, DepositReturnOutcome>();
        silo.Services.AddHostedService<DepositsWaker>();
        // Shown before anything has arrived: alarms stand on the names.
        silo.AddStartupTask((services, _) => Task.FromResult(services.GetRequiredService<DepositMetrics>()));
    }
}
