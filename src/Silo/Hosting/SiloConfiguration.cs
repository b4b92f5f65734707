using System.Net;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Stk.Grains;
using Stk.Hosting;
using Stk.Hosting.Callers;
using Stk.Hosting.Certificates;
using Stk.Silo.Callers;
using Stk.Storage;

namespace Stk.Silo.Hosting;

/// <summary>How a silo is put together; tests put theirs together the same way.</summary>
public static class SiloConfiguration
{
    /// <summary>The ADO.NET name under which Orleans finds Npgsql.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>Membership, reminders and coordinators' state are small rows, asked for by few at once.</summary>
    private const int OrleansConnectionsMax = 15;

    /// <param name="silo">Clustering, reminders and coordinators' state by the AdoNet providers, on our own schema.</param>
    /// <param name="configuration">
    /// <c>ConnectionStrings:Stk</c>; <c>Stk:ClusterId</c> (stk), <c>Stk:ServiceId</c> (stk: fixed for ever);
    /// <c>Stk:SiloPort</c> (11111), <c>Stk:GatewayPort</c> (30000), <c>Stk:Address</c> (127.0.0.1);
    /// <c>Stk:CallsWaitingMax</c> (10,000: most calls that wait for one actor);
    /// <c>Stk:Tls</c> (<see cref="CertificateFiles"/>; without it the ports take anybody);
    /// <c>Stk:Auth:KeysDirectory</c> (the public keys of tokens; without it no token is believed);
    /// <c>Stk:Calls:Secrets</c> (<see cref="SiloSecrets"/>; without it no other silo is believed);
    /// <c>Stk:ProbeSeconds</c> and <c>Stk:ProbesMissed</c> (5 and 3; in Development 2 and 2).
    /// </param>
    public static ISiloBuilder AddStkSilo(
        this ISiloBuilder silo, IConfiguration configuration, IHostEnvironment environment)
    {
        silo.Configure<ClusterOptions>(cluster =>
        {
            cluster.ClusterId = configuration["Stk:ClusterId"] ?? "stk";
            cluster.ServiceId = configuration["Stk:ServiceId"] ?? "stk";
        });
        silo.ConfigureEndpoints(
            IPAddress.Parse(configuration["Stk:Address"] ?? "127.0.0.1"),
            configuration.GetValue("Stk:SiloPort", 11_111),
            configuration.GetValue("Stk:GatewayPort", 30_000));
        return silo.AddStkSilo(configuration, isQuick: environment.IsDevelopment());
    }

    /// <summary>All but names and ports.</summary>
    /// <param name="isQuick">A dead silo is found in seconds; a starved one may be taken for dead.</param>
    public static ISiloBuilder AddStkSilo(this ISiloBuilder silo, IConfiguration configuration, bool isQuick)
    {
        var connectionString = configuration.GetConnectionString("Stk")
            ?? throw new RefusedToStartException("ConnectionStrings:Stk is not set.");
        silo.Services.AddCallers(configuration);
        var orleansConnection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = "orleans",
            ApplicationName = "stk orleans",
        };
        StorageConnections.LimitPool(orleansConnection, OrleansConnectionsMax);
        var orleans = orleansConnection.ConnectionString;
        silo.UseAdoNetClustering(clustering =>
        {
            clustering.Invariant = Invariant;
            clustering.ConnectionString = orleans;
        });
        silo.UseAdoNetReminderService(reminders =>
        {
            reminders.Invariant = Invariant;
            reminders.ConnectionString = orleans;
        });
        silo.AddAdoNetGrainStorage(GrainStorage.Name, storage =>
        {
            storage.Invariant = Invariant;
            storage.ConnectionString = orleans;
            storage.GrainStorageSerializer = new StateSerializer();
        });
        // One actor's queue: in front of it the API hosts' own bounds are far smaller.
        silo.Configure<SiloMessagingOptions>(messaging =>
            messaging.MaxEnqueuedRequestsHardLimit = configuration.GetValue("Stk:CallsWaitingMax", 10_000));
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // The defaults leave calls hanging for a minute after a death.
            membership.ProbeTimeout = TimeSpan.FromSeconds(configuration.GetValue("Stk:ProbeSeconds", isQuick ? 2 : 5));
            membership.NumMissedProbesLimit = configuration.GetValue("Stk:ProbesMissed", isQuick ? 2 : 3);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        });
        silo.Services.PostConfigure<StorageOptions>(storage => storage.ConnectionString = connectionString);
        if (CertificateFiles.Read(configuration) is { } files)
        {
            silo.UseClusterTls(HostCertificate.Read(files, HostRole.Silo, TimeProvider.System));
        }

        silo.TakeRequestsOnly();
        silo.AddActivityPropagation();
        silo.AddStkGrains();
        silo.AddDashboard();
        return silo;
    }
}
