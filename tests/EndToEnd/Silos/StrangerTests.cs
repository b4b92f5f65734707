using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Health;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Schedules;
using Stk.Hosting.Callers;
using Stk.Hosting.Certificates;

namespace Stk.EndToEnd.Silos;

/// <summary>Who has the project's assemblies, the network, even the database, and no certificate of the economy.</summary>
[Collection(ClubCollection.Name)]
public sealed class StrangerTests(ClubEconomy club, OtherAuthority other) : IClassFixture<OtherAuthority>
{
    private Economy Economy => club.Economy;

    [Fact]
    public async Task A_client_calls_an_actor_with_an_API_hosts_certificate_and_a_token_and_not_otherwise()
    {
        var gateway = Economy.PortOf("silo-1", "gateway");
        var token = await Economy.Token("participant", "ann");

        Assert.Equal("1814.25", await Balance(gateway, Economy.Certificates, token));
        await Assert.ThrowsAnyAsync<Exception>(() => Balance(gateway, certificates: null, token));
        await Assert.ThrowsAnyAsync<Exception>(() => Balance(gateway, other.Directory, token));
    }

    [Fact]
    public async Task A_stolen_API_host_is_nobody_by_itself()
    {
        var gateway = Economy.PortOf("silo-1", "gateway");
        var bob = await Economy.Token("participant", "bob");

        Assert.Equal(CallRefusal.NotProven, await Refusal(gateway, token: null));
        Assert.Equal(CallRefusal.NotAllowed, await Refusal(gateway, bob));
        Assert.Equal(CallRefusal.NotProven, await Refusal(gateway, bob[..^4] + "AAAA"));
    }

    [Fact]
    public async Task What_is_the_silos_own_is_closed_to_an_API_hosts_certificate()
    {
        using var host = await Connected(Economy.PortOf("silo-1", "gateway"), Economy.Certificates);
        var grains = Grains(host);
        // The one thing that the dashboard is told of it.
        var silo = (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys.First();
        Func<Task>[] calls =
        [
            () => grains.GetGrain<IScheduleGrain>(0).Wake(),
            () => grains.GetGrain<IScheduleGrain>(0).Cast<IRemindable>().ReceiveReminder("due", default),
            () => grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero),
            () => OrleansInside.PingSilo(grains, silo),
        ];

        foreach (var call in calls)
        {
            Assert.Equal(
                CallRefusal.NotForClients, (await Assert.ThrowsAsync<CallRefusedException>(call)).Reason);
        }

        Assert.True(await grains.GetGrain<IHealthGrain>(0).HasDatabase());
    }

    // The gateway passes on whom a call says that it comes from. Its answer goes there too: only what was done can be seen.
    [Fact]
    public async Task A_client_that_says_that_an_actor_calls_is_a_client()
    {
        using var host = await Connected(Economy.PortOf("silo-1", "gateway"), Economy.Certificates);
        var grains = Grains(host);
        OrleansInside.Pretend(grains, grains.GetGrain<IScheduleGrain>(0).GetGrainId());
        var before = await Counted("calls_refused");

        var forged = grains.GetGrain<IProfileGrain>("spied").ChangeProfile(
            new(8, null, "forged", "operator"), CancellationToken.None);

        await Eventually.Get(
            () => Counted("calls_refused"), until: count => count > before, "the call was refused");
        Assert.Equal("0", await Economy.Psql("SELECT count(*) FROM activity.participants WHERE id = 'spied'"));
        Assert.False(forged.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_client_that_answers_what_it_was_not_asked_is_cut_off()
    {
        using var host = await Connected(Economy.PortOf("silo-1", "gateway"), Economy.Certificates);
        var grains = Grains(host);
        var before = await Counted("clients_ended");

        OrleansInside.Answer(grains, grains.GetGrain<IScheduleGrain>(0).GetGrainId());

        await Eventually.Get(
            () => Counted("clients_ended"), until: count => count > before, "the connection was ended");
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
        // Only the passing of minutes is missing: whoever is to live says so again and again.
        await Economy.Psql($"""
            UPDATE orleans.orleansmembershiptable SET iamalivetime = iamalivetime - interval '1 hour'
            WHERE siloname LIKE 'stranger-%'
            """);
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
        environment["Stk__Calls__Secrets"] = Path.Combine(Economy.Home, "secrets", "silos.secret");
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

    private async Task<CallRefusal> Refusal(int gateway, string? token) =>
        (await Assert.ThrowsAsync<CallRefusedException>(() => Balance(gateway, Economy.Certificates, token))).Reason;

    /// <summary>Ann's balance, asked for as the first trial of such an attack did it.</summary>
    /// <param name="certificates">Where the client's are; null for none, and no encryption.</param>
    /// <param name="token">What goes with the call; null for nothing.</param>
    private static async Task<string> Balance(int gateway, string? certificates, string? token = null)
    {
        using var host = await Connected(gateway, certificates);
        if (token is not null)
        {
            CallProof.Show(token);
        }

        return (await Grains(host).GetGrain<IHolderGrain>("ann").GetBalance()).Available.ToString();
    }

    private static IClusterClient Grains(IHost host) => host.Services.GetRequiredService<IClusterClient>();

    /// <summary>A client put together from what is public.</summary>
    private static async Task<IHost> Connected(int gateway, string? certificates)
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
        var host = builder.Build();
        try
        {
            using var limit = HangLimit.StepSource();
            await host.StartAsync(limit.Token);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private async Task<long> Counted(string metric)
    {
        using var http = new HttpClient();
        var text = await http.GetStringAsync(
            new Uri($"http://127.0.0.1:{Economy.PortOf("silo-1", "health")}/metrics"));
        return text.Split('\n').Where(line => line.StartsWith(metric, StringComparison.Ordinal))
            .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
