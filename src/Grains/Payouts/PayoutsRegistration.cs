using Microsoft.Extensions.DependencyInjection;
using Stk.Grains.Signing;

namespace Stk.Grains.Payouts;

internal static class PayoutsRegistration
{
    /// <summary>
    /// What leaves for wallets. On a silo that is told of no signer nothing is settled, and all else works.
    /// </summary>
    public static void AddPayouts(this ISiloBuilder silo)
    {
        var socket = silo.Configuration[$"{SettlementOptions.Section}:{nameof(SettlementOptions.Signer)}"];
        silo.AddSignerPlacement(hasSigner: socket is not null);
        if (socket is not null)
        {
            silo.Services.AddSingleton<ISigner>(services => new SocketSigner(
                new(socket, SocketSigner.Patience, services.GetRequiredService<TimeProvider>())));
        }

        silo.Services.AddPayoutServices();
        // Shown before anything is settled: alarms stand on the names.
        silo.AddStartupTask((services, _) => Task.FromResult(services.GetRequiredService<SettlementMetrics>()));
    }

    private static void AddPayoutServices(this IServiceCollection services)
    {
        services.AddOptions<SettlementOptions>()
            .BindConfiguration(SettlementOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PayoutTable>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<WeekWithdrawals>();
        services.AddSingleton<WeekWithdrawalTable>();
        services.AddSingleton<SettlementMetrics>();
        services.AddSingleton<ActTable>();
        services.AddSingleton<BatchTable>();
        services.AddSingleton<ChainTerms>();
        services.AddSingleton<LinkTable>();
        services.AddSingleton<WordTable>();
        services.AddSingleton<AskedActTable>();
        services.AddSingleton<ActAdoption>();
        services.AddSingleton<AskedOrders>();
        services.AddSingleton<WeekMemos>();
        services.AddSingleton<BatchGathering>();
        services.AddSingleton<ChainOrders>();
        services.AddSingleton<LedgerOrders>();
        services.AddHostedService<SettlementWaker>();
    }
}
