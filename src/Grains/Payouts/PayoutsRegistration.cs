using Microsoft.Extensions.DependencyInjection;

namespace Stk.Grains.Payouts;

internal static class PayoutsRegistration
{
    /// <summary>
    /// What leaves for wallets. Who signs is registered elsewhere (<see cref="ISigner"/>): on a silo without a signer nothing
    /// is settled, and all else works.
    /// </summary>
    public static void AddPayouts(this IServiceCollection services)
    {
        services.AddOptions<SettlementOptions>()
            .BindConfiguration(SettlementOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PayoutTable>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<WeekWithdrawals>();
        services.AddSingleton<WeekWithdrawalTable>();
        services.AddSingleton<ActTable>();
        services.AddSingleton<BatchTable>();
        services.AddSingleton<ChainTerms>();
        services.AddSingleton<BatchGathering>();
        services.AddSingleton<ChainOrders>();
        services.AddSingleton<LedgerOrders>();
        services.AddHostedService<SettlementWaker>();
    }
}
