using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Stk.Hosting;
using Stk.Hosting.Certificates;

namespace Stk.ApiHost.Cluster;

internal static class ClusterRegistration
{
    /// <summary>What a host needs to call grains, whoever provides <see cref="IGrainFactory"/>.</summary>
    public static void AddGrainCalls(this IServiceCollection services)
    {
        services.AddOptions<ClusterOptions>()
            .BindConfiguration(ClusterOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ClusterConnection>();
        services.AddSingleton<GrainReferences>();
        services.AddSingleton<GrainCalls>();
    }

    /// <summary>The Orleans client: clustering by the database, which is all that this host reads there.</summary>
    /// <exception cref="RefusedToStartException">Its certificate cannot be read, or is not an API host's.</exception>
    public static void AddClusterClient(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new();
        var before = builder.Services.Count;
        builder.UseOrleansClient(client =>
        {
            client.Configure<Orleans.Configuration.ClusterOptions>(cluster =>
            {
                cluster.ClusterId = builder.Configuration["Stk:ClusterId"] ?? "stk";
                cluster.ServiceId = builder.Configuration["Stk:ServiceId"] ?? "stk";
            });
            client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = options.GatewayRefresh);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            client.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = "Npgsql";
                clustering.ConnectionString = InOrleansSchema(builder.Configuration.GetConnectionString("Stk"));
            });
            if (CertificateFiles.Read(builder.Configuration) is { } files)
            {
                client.UseClusterTls(HostCertificate.Read(files, HostRole.Api, TimeProvider.System));
            }

            client.UseConnectionRetryFilter<KeepConnecting>();
            client.AddActivityPropagation();
            client.AddDashboard();
        });

        var started = builder.Services.Skip(before).Single(service => service.ServiceType == typeof(IHostedService));
        builder.Services.Remove(started);
        builder.Services.AddHostedService<ClusterConnector>();
    }

    private static string InOrleansSchema(string? connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "orleans" }.ConnectionString;
}
