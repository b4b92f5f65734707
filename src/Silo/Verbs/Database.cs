using Stk.Hosting;

namespace Stk.Silo.Verbs;

/// <summary>The database that a verb works on.</summary>
internal static class Database
{
    /// <summary>What a verb is configured by.</summary>
    public static IConfiguration Configuration() =>
        new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();

    /// <exception cref="RefusedToStartException">None is configured.</exception>
    public static string ConnectionString() =>
        Configuration().GetConnectionString("Stk")
        ?? throw new RefusedToStartException("ConnectionStrings:Stk is not set (environment: ConnectionStrings__Stk).");
}
