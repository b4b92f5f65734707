using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stk.Ledger.Effects;
using Stk.Ledger.Signing;
using Stk.Ledger.Verify;
using Stk.Ledger.Writer;

namespace Stk.Ledger;

public static class LedgerRegistration
{
    /// <summary>
    /// <see cref="ILedger"/>, on the connections of AddStorage. Whoever hosts it registers IClock and
    /// <see cref="IIssuanceLimit"/>, and an <see cref="IEffectCheck"/> for each sort of effect that it posts; an
    /// <see cref="ICommitListener"/> is told of each commit. The writer commits what waits when the container is
    /// disposed, after every hosted service has stopped. Without <see cref="SigningOptions.SigningKey"/> it signs with a key
    /// that ends with the process: whoever hosts it decides whether that will do.
    /// </summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddOptions<LedgerOptions>()
            .BindConfiguration(LedgerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SigningOptions>().BindConfiguration(SigningOptions.Section);
        services.AddSingleton(provider =>
            provider.GetRequiredService<IOptions<SigningOptions>>().Value.SigningKey is { } path
                ? ChainSigner.Read(path)
                : ChainSigner.Create());
        services.AddSingleton<LedgerWriter>();
        services.AddSingleton<ILedger, PostgresLedger>();
        services.AddSingleton<LedgerVerifier>();
        return services;
    }
}
