using Stk.Hosting;

namespace Stk.Silo.Verbs;

/// <summary>The database that a verb works on.</summary>
internal static class Database
{
    /// <exception cref="RefusedToStartException">None is configured.</exception>
    public static string ConnectionString() =>
        new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build()
            .GetConnectionString("Stk")
        ?? throw new RefusedToStartException("ConnectionStrings:Stk is not set (environment: ConnectionStrings__Stk).");
}
