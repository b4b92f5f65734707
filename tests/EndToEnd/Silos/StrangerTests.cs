using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Stk.GrainInterfaces.Participants;
using Stk.Hosting.Certificates;

namespace Stk.EndToEnd.Silos;

/// <summary>Who has the project's assemblies, the network, even the database, and no certificate of the economy.</summary>
[Collection(ClubCollection.Name)]
public sealed class StrangerTests(ClubEconomy club, OtherAuthority other) : IClassFixture<OtherAuthority>
{
    private Economy Economy => club.Economy;

    [Fact]
    public async Task A_client_calls_an_actor_with_an_API_hosts_certificate_and_not_otherwise()
    {
        var gateway = Economy.PortOf("silo-1", "gateway");

        Assert.Equal("1814.25", await Balance(gateway, Economy.Certificates));
        await Assert.ThrowsAnyAsync<Exception>(() => Balance(gateway, certificates: null));
        await Assert.ThrowsAnyAsync<Exception>(() => Balance(gateway, other.Directory));
    }

    // What an API host does with a gateway that the database lists: this is its own way of connecting.
    [Fact]
    public async Task A_client_with_a_certificate_says_nothing_to_a_gateway_of_another_authority()
    {
        await using var stranger = new PretendedSilo(other.Directory);
        await using var known = new PretendedSilo(Economy.Certificates);

        await Assert.ThrowsAnyAsync<Exception>(() => Balance(stranger.Port, Economy.Certificates));
        await Assert.ThrowsAnyAsync<Exception>(() => Balance(known.Port, Economy.Certificates));

        await Eventually.True(() => stranger.Refused > 0, "the stranger's gateway was tried");
        Assert.Equal(0, stranger.Heard);
        // The same pretence with a silo's certificate hears the client's first words: what is missing above is only that.
        await Eventually.True(() => known.Heard > 0, "a gateway with a silo's certificate is spoken to");
    }

    [Fact]
    public async Task A_row_in_the_list_of_members_makes_nobody_a_member()
    {
        await using var stranger = new PretendedSilo(other.Directory);
        await using var gateway = new PretendedSilo(other.Directory);
        await using var known = new PretendedSilo(Economy.Certificates);
        await Enter(stranger.Port, gateway.Port);
        await Enter(known.Port, gateway: 0);

        await Eventually.True(() => stranger.Refused > 0, "the silo has tried the stranger");
        await Eventually.True(() => known.Heard > 0, "the silo speaks to who has a silo's certificate");
        await Eventually.Get(
            () => Economy.Psql(Members), members => members == "1", "the silo is the only member again");

        Assert.Equal(0, stranger.Heard);
        Assert.Equal(0, gateway.Heard);
        var ann = await Economy.Participant("ann");
        await Eventually.Get(
            () => ann.Get("balance"), answer => answer.Status == HttpStatusCode.OK, "the economy goes on");
    }

    [Fact]
    public async Task An_API_host_that_is_refused_says_so_and_ends()
    {
        var environment = Economy.Environment();
        Add(environment, HostRole.Api);
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort.Next()}";
        environment["Stk__Auth__KeysDirectory"] = Path.Combine(Economy.Home, "keys");
        environment["Stk__Cluster__RefusedDeadline"] = "00:00:02";
        await AddCommon(environment);

        Assert.StartsWith("No silo has taken a connection", await Refusal("api/Stk.ApiHost.dll", environment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_is_refused_says_so_and_ends()
    {
        var environment = Economy.Environment();
        Add(environment, HostRole.Silo);
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort.Next()}";
        environment["Stk__SiloPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        environment["Stk__GatewayPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        environment["Stk__Ledger__SigningKey"] = Path.Combine(Economy.Home, "secrets", "commits.key");
        environment["Stk__ProbeSeconds"] = "2";
        environment["Stk__ProbesMissed"] = "1";
        await AddCommon(environment);

        Assert.StartsWith("This silo cannot join", await Refusal("silo/Stk.Silo.dll", environment), StringComparison.Ordinal);
        Assert.Equal("1", await Economy.Psql(Members));
    }

    private const string Members = "SELECT count(*) FROM orleans.orleansmembershiptable WHERE status = 3";

    // As a stranger would do it, who has the services' password: the list is a table like others.
    private async Task Enter(int port, int gateway) => await Economy.Psql(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO orleans.orleansmembershiptable (deploymentid, address, port, generation, siloname, hostname, status,
            proxyport, starttime, iamalivetime)
        SELECT deploymentid, address, {port}, generation + 1, 'stranger-{port}', hostname, 3, {gateway}, now(), now()
        FROM orleans.orleansmembershiptable WHERE status = 3 AND port = {Economy.PortOf("silo-1", "silo")};
        UPDATE orleans.orleansmembershipversiontable SET version = version + 1;
        """));

    private void Add(Dictionary<string, string?> environment, HostRole role)
    {
        var files = CertificateFiles.In(other.Directory, role);
        environment["Stk__Tls__Authorities"] = files.Authorities;
        environment["Stk__Tls__Certificate"] = files.Certificate;
        environment["Stk__Tls__Key"] = files.Key;
    }

    private async Task AddCommon(Dictionary<string, string?> environment)
    {
        environment["DOTNET_ENVIRONMENT"] = "Development";
        environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        environment["Stk__Clock"] = "manual";
        environment["ConnectionStrings__Stk"] =
            (await File.ReadAllTextAsync(Path.Combine(Economy.Home, "secrets", "services.connection"))).Trim();
    }

    private async Task<string> Refusal(string program, Dictionary<string, string?> environment)
    {
        using var run = StkRun.Start("dotnet", [Path.Combine(Economy.Home, "app", "current", program)], environment);
        return (await run.End()).Sentence();
    }

    /// <summary>Ann's balance, asked for as the first trial of such an attack did it.</summary>
    /// <param name="certificates">Where the client's are; null for none, and no encryption.</param>
    private static async Task<string> Balance(int gateway, string? certificates)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("stk", "stk"));
            client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, gateway));
            // It would try for half a minute more.
            client.UseConnectionRetryFilter((_, _) => Task.FromResult(false));
            if (certificates is not null)
            {
                client.UseClusterTls(HostCertificate.Read(
                    CertificateFiles.In(certificates, HostRole.Api), HostRole.Api, TimeProvider.System));
            }
        });
        using var host = builder.Build();
        using var limit = HangLimit.StepSource();
        await host.StartAsync(limit.Token);
        try
        {
            var balance = await host.Services.GetRequiredService<IGrainFactory>()
                .GetGrain<IParticipantGrain>("ann").GetBalance();
            return balance.Available.ToString();
        }
        finally
        {
            await host.StopAsync(limit.Token);
        }
    }
}
