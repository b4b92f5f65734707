using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Tests.Authentication;
using Stk.Hosting;
using Stk.Hosting.Certificates;

namespace Stk.ApiHost.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public void In_Production_a_development_key_is_refused_by_name()
    {
        using var keys = new TestKeys("development-42");
        using var certificates = new TestCertificates();
        Assert.Contains(
            "development-42", Refusal(keys, ["--environment=Production", .. certificates.Settings(HostRole.Api)]),
            StringComparison.Ordinal);
        Assert.Null(Refusal(keys));
    }

    [Fact]
    public void In_Production_the_manual_clock_is_refused()
    {
        using var keys = new TestKeys("stk-1");
        using var certificates = new TestCertificates();
        string[] settings = ["--environment=Production", .. certificates.Settings(HostRole.Api)];
        Assert.Contains("Stk:Clock", Refusal(keys, [.. settings, "--Stk:Clock=manual"]), StringComparison.Ordinal);
        Assert.Null(Refusal(keys, settings));
        Assert.Null(Refusal(keys, "--Stk:Clock=manual"));
    }

    [Theory, InlineData("Production"), InlineData("Staging")]
    public void Outside_Development_it_does_not_start_without_a_certificate(string environment)
    {
        using var keys = new TestKeys("stk-1");
        Assert.Contains("Stk:Tls", Refusal(keys, $"--environment={environment}"), StringComparison.Ordinal);
    }

    [Fact]
    public void With_half_a_certificate_or_a_silos_it_does_not_start()
    {
        using var keys = new TestKeys("stk-1");
        using var certificates = new TestCertificates();
        Assert.Contains("Stk:Tls:Key", Refusal(keys, certificates.Settings(HostRole.Api)[..2]), StringComparison.Ordinal);
        Assert.Contains("silo.stk.internal", Refusal(keys, certificates.Settings(HostRole.Silo)), StringComparison.Ordinal);
        Assert.Null(Refusal(keys, certificates.Settings(HostRole.Api)));
    }

    [Fact]
    public void Without_a_connection_string_it_does_not_start()
    {
        using var keys = new TestKeys("stk-1");
        Assert.Contains("ConnectionStrings:Stk", Refusal(keys, "--ConnectionStrings:Stk="), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_keys_it_does_not_start()
    {
        using var keys = new TestKeys("stk-1");
        var empty = Directory.CreateTempSubdirectory("stk-keys-");
        Assert.Contains("KeysDirectory", Refusal(keys, "--Stk:Auth:KeysDirectory="), StringComparison.Ordinal);
        Assert.Contains("No keys", Refusal(keys, $"--Stk:Auth:KeysDirectory={empty.FullName}"), StringComparison.Ordinal);
        empty.Delete();
        Assert.Contains("does not exist", Refusal(keys, $"--Stk:Auth:KeysDirectory={empty.FullName}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_none_for_ES256_is_refused_by_its_file()
    {
        using var keys = new TestKeys("stk-1");
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(Path.Combine(keys.Directory, "large.pub.pem"), larger.ExportSubjectPublicKeyInfoPem());
        Assert.Contains("large.pub.pem", Refusal(keys), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(keys.Directory, "large.pub.pem"), "nonsense");
        Assert.Contains("large.pub.pem", Refusal(keys), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_says_in_one_line_why_it_does_not_start_and_exits_with_1()
    {
        using var keys = new TestKeys("development-42");
        using var certificates = new TestCertificates();
        var program = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        program.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Stk.ApiHost.dll"));
        foreach (var argument in ApiHostUnderTest.Arguments(
            keys, ["--environment=Production", .. certificates.Settings(HostRole.Api)]))
        {
            program.ArgumentList.Add(argument);
        }

        using var process = Process.Start(program) ?? throw new InvalidOperationException("not started");
        var output = process.StandardOutput.ReadToEndAsync();
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Equal("The key development-42 is for development: it is not accepted in Production.", said.Trim());
        Assert.Empty(await output);
    }

    [Fact]
    public async Task Without_a_silo_and_a_database_it_runs_and_is_not_ready()
    {
        using var keys = new TestKeys();
        await using var app = ApiApplication.Build(ApiHostUnderTest.Arguments(keys), builder =>
        {
            builder.AddClusterClient();
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var live = await client.GetAsync("/health/live");
        using var ready = await client.GetAsync("/health/ready");
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiHostUnderTest.Root + "/balance");
        request.Headers.Add("Authorization", $"Bearer {keys.Token("participant")}");
        using var balance = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        (await Answer.Of(ready)).Problem(503, "unavailable");
        (await Answer.Of(balance)).Problem(503, "unavailable");
        await app.StopAsync();
    }

    [Fact]
    public async Task An_API_host_is_ready_exactly_while_its_cluster_answers()
    {
        await using var host = await ApiHostUnderTest.Start();
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/health/ready")).Status);

        await using var other = await ApiHostUnderTest.Start();
        other.Cluster.Health.Fails = new TimeoutException();
        (await other.Get("/health/ready")).Problem(503, "unavailable");
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/health/live")).Status);
    }

    [Fact]
    public async Task An_API_host_is_not_ready_while_its_cluster_has_no_database()
    {
        await using var host = await ApiHostUnderTest.Start();
        host.Cluster.Health.IsDatabaseLost = true;

        (await host.Get("/health/ready")).Problem(503, "unavailable");
    }

    private static string? Refusal(TestKeys keys, params string[] settings)
    {
        try
        {
            WebApplication app = ApiApplication.Build(
                ApiHostUnderTest.Arguments(keys, settings), builder => builder.AddClusterClient());
            ((IDisposable)app).Dispose();
            return null;
        }
        catch (RefusedToStartException refused)
        {
            return refused.Message;
        }
    }
}
