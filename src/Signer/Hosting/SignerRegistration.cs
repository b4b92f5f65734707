using Microsoft.Extensions.Options;
using Stk.Signer.Books;
using Stk.Signer.Deaths;
using Stk.Signer.Judging;
using Stk.Signer.Signatures;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;

namespace Stk.Signer.Hosting;

/// <summary>Registers the signer; tests put theirs together the same way.</summary>
internal static class SignerRegistration
{
    public static IServiceCollection AddSignerOptions(this IServiceCollection services)
    {
        services.AddOptions<SignerOptions>()
            .BindConfiguration(SignerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<GuardOptions>()
            .BindConfiguration(GuardOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSolana();
        return services.AddSingleton(TimeProvider.System);
    }

    public static IServiceCollection AddSigner(this IServiceCollection services)
    {
        services.AddSignerOptions();
        services.AddSingleton(provider => FloatKey.Read(Of<SignerOptions>(provider).KeyFile));
        services.AddSingleton(provider => BookFile.Open(Of<SignerOptions>(provider).Directory));
        services.AddSingleton(provider => Terms(
            Of<GuardOptions>(provider), provider.GetRequiredService<Account>(),
            provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton(provider => new DeathProof(
            provider.GetRequiredService<ISolanaNodes>(), Genesis(provider), provider.GetRequiredService<SignerTerms>(),
            (ulong)Of<GuardOptions>(provider).ExpiryMargin, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RecentHashes(
            provider.GetRequiredService<ISolanaNodes>(), Genesis(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SignerMetrics>();
        services.AddSingleton<SigningDesk>();
        services.AddSingleton<SignerSocket>();
        return services.AddHostedService(provider => provider.GetRequiredService<SignerSocket>());
    }

    private static SignerTerms Terms(GuardOptions guard, Account key, IHostEnvironment environment) => new(
        key.PublicKey, PublicKey.Parse(guard.Mint), GuardOptions.Micro(guard.PayoutMax), GuardOptions.Micro(guard.DailyCap),
        StartRules.Wait(environment));

    // Without a first line the file is locked, and no chain is that of nothing.
    private static string Genesis(IServiceProvider provider) =>
        provider.GetRequiredService<BookFile>().Book.Begun?.Genesis ?? "";

    private static T Of<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}
