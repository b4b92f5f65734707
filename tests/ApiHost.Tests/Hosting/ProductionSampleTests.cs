using System.Net;
using Microsoft.Extensions.Configuration;
using Stk.ApiHost.Activity;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Limits;
using Stk.ApiHost.Tests.Authentication;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>The sample of Production's settings is one that the host starts with, and its limits hold.</summary>
public sealed class ProductionSampleTests
{
    private static readonly string Sample =
        Path.Combine(Repository.Root, "deploy", "production", "api.appsettings.Production.sample.json");

    [Fact]
    public async Task A_host_with_the_sample_limits_a_token_and_lets_no_foreign_page_in()
    {
        using var keys = new TestKeys("stk-1");
        await using var host = await ApiHostUnderTest.Start(keys, [.. Flat(), "--environment=Production", $"--Stk:Auth:KeysDirectory={keys.Directory}"]);
        var ann = keys.Token("participant", "ann");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, ApiHostUnderTest.Root + "/balance")
        {
            Headers = { { "Origin", "https://other.example" }, { "Access-Control-Request-Method", "GET" } },
        };

        using var crossing = await host.Client.SendAsync(preflight);
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => host.Get(ApiHostUnderTest.Root + "/balance", ann)));

        Assert.False(crossing.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.TooManyRequests);
    }

    // A name that nothing reads would be a setting that does nothing.
    [Fact]
    public void Every_setting_of_the_sample_is_one_that_the_host_reads()
    {
        var sample = new ConfigurationBuilder().AddJsonFile(Sample).Build();
        foreach (var section in sample.GetSection("Stk").GetChildren())
        {
            switch ($"Stk:{section.Key}")
            {
                case RateLimitOptions.Section:
                    Read<RateLimitOptions>(section);
                    break;
                case ClusterOptions.Section:
                    Read<ClusterOptions>(section);
                    break;
                case EventIntakeOptions.Section:
                    Read<EventIntakeOptions>(section);
                    break;
                case TokenOptions.Section:
                    Read<TokenOptions>(section);
                    break;
                case "Stk:Tls":
                    Assert.Equal(["Authorities", "Certificate", "Key"], section.GetChildren().Select(child => child.Key));
                    break;
                case "Stk:Cors":
                    Assert.Equal(["Origins"], section.GetChildren().Select(child => child.Key));
                    break;
                default:
                    Assert.Equal("DataDirectory", section.Key);
                    break;
            }
        }

        static void Read<T>(IConfiguration section) =>
            Assert.NotNull(section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true));
    }

    private static IEnumerable<string> Flat() =>
        new ConfigurationBuilder().AddJsonFile(Sample).Build().AsEnumerable()
            .Where(setting => setting.Value is not null && !setting.Key.StartsWith("Stk:DataDirectory", StringComparison.Ordinal))
            .Select(setting => $"--{setting.Key}={setting.Value}");
}
