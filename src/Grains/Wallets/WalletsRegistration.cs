using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stk.Solana.Rpc;

namespace Stk.Grains.Wallets;

internal static class WalletsRegistration
{
    /// <summary>Wallets; and the nodes of Solana, where some are configured: nothing else asks for their settings.</summary>
    public static void AddWallets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WalletOptions>()
            .BindConfiguration(WalletOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (configuration.GetSection($"{SolanaOptions.Section}:{nameof(SolanaOptions.Nodes)}").GetChildren().Any())
        {
            services.AddSolana();
        }

        services.AddSingleton<WalletChain>();
        services.AddSingleton<WalletTable>();
        services.AddSingleton<ChallengeTable>();
    }
}
