using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Dashboard;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Tests.Authentication;
using Stk.ApiHost.Tests.Cluster;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>The host on a port of its own, over a cluster of fakes.</summary>
public sealed class ApiHostUnderTest : IAsyncDisposable
{
    public const string Root = "/api/v1/tokenomics";

    private readonly WebApplication _app;

    private ApiHostUnderTest(WebApplication app, FakeCluster cluster, TestKeys keys, bool ownsKeys)
    {
        _app = app;
        Cluster = cluster;
        Keys = keys;
        OwnsKeys = ownsKeys;
        Address = new(app.Urls.Single());
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            Timeout = HangLimit.Step,
        };
    }

    public FakeCluster Cluster { get; }

    public TestKeys Keys { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    private bool OwnsKeys { get; }

    public static async Task<ApiHostUnderTest> Start(params string[] settings) => await Start(null, settings);

    public static async Task<ApiHostUnderTest> Start(TestKeys? keys, params string[] settings)
    {
        var cluster = new FakeCluster();
        var ownKeys = keys ?? new TestKeys();
        var app = ApiApplication.Build(Arguments(ownKeys, settings), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(FakeGrainFactory.Of(cluster));
            new FakeClientBuilder(builder.Services, builder.Configuration).AddDashboard();
        });
        app.Services.GetRequiredService<ClusterConnection>().Made();
        await app.StartAsync();
        return new(app, cluster, ownKeys, keys is null);
    }

    public static string[] Arguments(TestKeys keys, params string[] settings) =>
    [
        "--environment=Development",
        "--urls=http://127.0.0.1:0",
        "--ConnectionStrings:Stk=Host=127.0.0.1;Port=1;Database=stk;Username=stk",
        $"--Stk:Auth:KeysDirectory={keys.Directory}",
        "--Stk:Cluster:Pause=00:00:00.010",
        .. settings,
    ];

    public async Task<Answer> Send(
        HttpMethod method, string path, string? token = null, HttpContent? body = null, string? accept = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>A JSON body to an address of the API, with headers.</summary>
    public async Task<Answer> Write(
        string method, string path, string token, string body, params (string Name, string Value)[] headers)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Send(new(method), Root + path, token, content, headers: headers);
    }

    public Task<Answer> Get(string path, string? token = null, string? accept = null) =>
        Send(HttpMethod.Get, path, token, accept: accept);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (OwnsKeys)
        {
            Keys.Dispose();
        }
    }

    private sealed record FakeClientBuilder(IServiceCollection Services, IConfiguration Configuration) : IClientBuilder;
}
