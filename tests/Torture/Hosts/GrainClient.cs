using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Stk.Hosting.Callers;
using Stk.Hosting.Certificates;

namespace Stk.Torture.Hosts;

/// <summary>
/// A client of the cluster's actors, straight from the database's list of gateways, with an API host's certificate and the
/// silos' secret.
/// </summary>
internal sealed class GrainClient : IAsyncDisposable
{
    private readonly TortureSettings _settings;
    private IHost _host;

    private GrainClient(TortureSettings settings, IHost host)
    {
        _settings = settings;
        _host = host;
    }

    /// <summary>Of the connection that there is now: not to be kept over <see cref="ConnectAgain"/>.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<GrainClient> Connect(TortureSettings settings) =>
        new(settings, await Connected(settings, withCertificate: !settings.IsFromWithoutCertificates));

    /// <summary>With the certificate, to a cluster that has begun to ask for one.</summary>
    public async Task ConnectAgain()
    {
        var before = _host;
        _host = await Connected(_settings, withCertificate: true);
        await End(before);
    }

    public ValueTask DisposeAsync() => End(_host);

    private static async Task<IHost> Connected(TortureSettings settings, bool withCertificate)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        // An interrupt is to end the run, not to close the client under it.
        builder.Services.AddSingleton<IHostLifetime, Endless>();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("stk", "stk"));
            client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(15));
            client.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = "Npgsql";
                clustering.ConnectionString =
                    new NpgsqlConnectionStringBuilder(settings.Services) { SearchPath = "orleans" }.ConnectionString;
            });
            // It does what no API host may.
            client.Services.AddSingleton(SiloSecrets.Read(settings.SilosSecret));
            client.Services.AddSiloCalls();
            if (withCertificate)
            {
                client.UseClusterTls(
                    HostCertificate.Read(settings.Certificate(HostRole.Api), HostRole.Api, TimeProvider.System));
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async ValueTask End(IHost host)
    {
        try
        {
            // At once: the silos may be gone already, and then there is nobody to say goodbye to.
            await host.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        host.Dispose();
    }

    private sealed class Endless : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
