using Stk.Hosting;
using Stk.Hosting.Certificates;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Hosting;

/// <summary>What must be configured before the host starts, and what must not be in Production.</summary>
internal static class StartRules
{
    /// <returns>The keys that tokens are checked with.</returns>
    /// <exception cref="RefusedToStartException">The configuration does not allow a start.</exception>
    public static TokenKeys Check(IConfiguration configuration, IHostEnvironment environment)
    {
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString("Stk")))
        {
            throw new RefusedToStartException("No connection string: set ConnectionStrings:Stk to the database.");
        }

        if (environment.IsProduction()
            && string.Equals(configuration["Stk:Clock"], "manual", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedToStartException("Stk:Clock is manual: the manual clock does not exist in Production.");
        }

        CertificateFiles.Require(configuration, environment.IsDevelopment());
        return TokenKeys.Read(configuration, environment.IsProduction());
    }
}
