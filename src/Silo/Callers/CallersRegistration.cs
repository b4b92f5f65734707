using Microsoft.Extensions.DependencyInjection.Extensions;
using Stk.Hosting;
using Stk.Hosting.Callers;
using Stk.Hosting.Tokens;

namespace Stk.Silo.Callers;

/// <summary>How a silo knows whose a call is.</summary>
internal static class CallersRegistration
{
    private const string KeysSetting = $"{TokenOptions.Section}:{nameof(TokenOptions.KeysDirectory)}";

    /// <summary>
    /// What a silo outside Development must have: without it nothing that it is told could be believed, by it or by others.
    /// </summary>
    /// <exception cref="RefusedToStartException">Something is missing, or not as it must be.</exception>
    public static void Require(IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            return;
        }

        if (SiloSecrets.Read(configuration) is null)
        {
            throw new RefusedToStartException(
                $"{SiloSecrets.Setting} is not set: outside Development silos tell each other's calls by a secret of a file.");
        }

        TokenKeys.Read(configuration, environment.IsProduction());
    }

    /// <summary>
    /// Before all other filters. Without the settings, which Development allows, no token is believed, and the secret is of
    /// this process alone.
    /// </summary>
    public static void AddCallers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(SiloSecrets.Read(configuration) ?? SiloSecrets.Create());
        services.AddSingleton(string.IsNullOrEmpty(configuration[KeysSetting])
            ? TokenKeys.None
            : TokenKeys.Read(configuration, isProduction: false));
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<IIncomingGrainCallFilter, CallerFilter>();
        services.AddSiloCalls();
    }
}
