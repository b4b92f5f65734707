using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Stk.Storage;

public static class StorageRegistration
{
    /// <summary>
    /// The database: one <see cref="NpgsqlDataSource"/> for long statements and whatever else,
    /// <see cref="LookupConnections"/> for short reads by key, <see cref="WriterConnections"/> for the group commits,
    /// <see cref="AuditConnections"/> for the nightly audit.
    /// Configured under <c>Stk:Storage</c>.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>()
            .BindConfiguration(StorageOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                options => options.ConnectionString.Length == 0 || NamesDatabase(options.ConnectionString),
                "Stk:Storage:ConnectionString must name a Host and a Database, in Npgsql's form")
            .ValidateOnStart();
        services.AddSingleton(services =>
            StorageConnections.Open(services.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton<SingleCommit>();
        services.AddSingleton(services =>
            LookupConnections.Open(services.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton(services =>
            WriterConnections.Open(services.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton(services =>
            AuditConnections.Open(services.GetRequiredService<IOptions<StorageOptions>>().Value));
        return services;
    }

    private static bool NamesDatabase(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            return !string.IsNullOrWhiteSpace(builder.Host) && !string.IsNullOrWhiteSpace(builder.Database);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
