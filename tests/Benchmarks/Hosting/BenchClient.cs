using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Stk.Hosting.Callers;
using Stk.Hosting.Certificates;

namespace Stk.Benchmarks.Hosting;

/// <summary>A client of a running cluster's actors, as the API host is one, that may do what a silo may.</summary>
internal sealed class BenchClient(IHost host) : IAsyncDisposable
{
    public IGrainFactory Grains { get; } = host.Services.GetRequiredService<IGrainFactory>();

    /// <param name="certificates">The directory of the cluster's certificates; null where it has none.</param>
    /// <param name="token">Goes with each call, as an API host's; null calls as a silo.</param>
    public static async Task<BenchClient> Connect(string connectionString, string? certificates, SiloSecrets secrets,
        string? token = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("stk", "stk"));
            client.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = "Npgsql";
                clustering.ConnectionString =
                    new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "orleans" }.ConnectionString;
            });
            client.Services.AddSingleton(secrets);
            if (token is null)
            {
                client.Services.AddSiloCalls();
            }
            else
            {
                client.Services.AddSingleton<IOutgoingGrainCallFilter>(new WithToken(token));
            }

            if (certificates is not null)
            {
                client.UseClusterTls(HostCertificate.Read(
                    CertificateFiles.In(certificates, HostRole.Api), HostRole.Api, TimeProvider.System));
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private sealed class WithToken(string token) : IOutgoingGrainCallFilter
    {
        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            if (token.Length > 0)
            {
                CallProof.Show(token);
            }

            await context.Invoke();
        }
    }
}
