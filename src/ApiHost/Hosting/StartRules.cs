using Stk.Hosting;
using Stk.Hosting.Certificates;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Hosting;

/// <summary>What must be configured before the host starts, and what must not be in Production.</summary>
internal static class StartRules
{
    private const string DevelopmentKeyPrefix = "development-";

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
        var keys = ReadKeys(configuration);
        if (environment.IsProduction()
            && keys.Ids.FirstOrDefault(
                id => id.StartsWith(DevelopmentKeyPrefix, StringComparison.OrdinalIgnoreCase)) is { } key)
        {
            throw new RefusedToStartException($"The key {key} is for development: it is not accepted in Production.");
        }

        return keys;
    }

    private static TokenKeys ReadKeys(IConfiguration configuration)
    {
        var directory = (configuration.GetSection(TokenOptions.Section).Get<TokenOptions>() ?? new()).KeysDirectory;
        if (string.IsNullOrWhiteSpace(directory))
        {
            throw new RefusedToStartException("No keys: set Stk:Auth:KeysDirectory to where the public keys are.");
        }

        if (!Directory.Exists(directory))
        {
            throw new RefusedToStartException($"No keys: Stk:Auth:KeysDirectory, {directory}, does not exist.");
        }

        try
        {
            var keys = TokenKeys.Read(directory);
            return keys.Ids.Length > 0
                ? keys
                : throw new RefusedToStartException($"No keys: there is no *{TokenKeys.Suffix} in {directory}.");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedToStartException(exception.Message, exception);
        }
    }
}
