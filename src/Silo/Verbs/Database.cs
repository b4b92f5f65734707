using Npgsql;
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

    /// <summary>
    /// What a verb reads through. Without compilation: a check is one query a week or quarter, of hundreds of expressions;
    /// to compile them takes most of a second each time, to run them a few milliseconds. What the operator set wins.
    /// </summary>
    /// <exception cref="RefusedToStartException">None is configured.</exception>
    public static NpgsqlDataSource Open()
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString());
        builder.Options = $"-c jit=off {builder.Options}".TrimEnd();
        return NpgsqlDataSource.Create(builder);
    }
}
