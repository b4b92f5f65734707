using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Stk.Hosting;
using Stk.Signer.Hosting;

namespace Stk.Signer.Tests.Hosting;

/// <summary>What a signer refuses to start with.</summary>
public sealed class StartRulesTests
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["Stk:Settlement:PayoutMax"] = "100",
        ["Stk:Settlement:DailyCap"] = "1000",
        ["Solana:Nodes:0:Name"] = "alpha",
        ["Solana:Nodes:1:Name"] = "beta",
    };

    [Theory, InlineData("Stk:Settlement:PayoutMax"), InlineData("Stk:Settlement:DailyCap")]
    [InlineData("Solana:Nodes:1:Name")]
    public void Production_needs_caps_and_two_nodes(string missing)
    {
        Check(Good, "Production");
        var without = Good.Where(one => one.Key != missing).ToDictionary();

        Assert.Throws<RefusedToStartException>(() => Check(without, "Production"));
        Check(without, "Development");
    }

    [Fact]
    public void It_is_given_no_database() => Assert.Throws<RefusedToStartException>(() => Check(
        new(Good) { ["ConnectionStrings:Stk"] = "Host=db" }, "Development"));

    [Fact]
    public void A_destination_waits_48_hours_outside_development_alone()
    {
        Assert.Equal(TimeSpan.Zero, StartRules.Wait(Environment("Development")));
        Assert.Equal(TimeSpan.FromHours(48), StartRules.Wait(Environment("Production")));
        Assert.Equal(TimeSpan.FromHours(48), StartRules.Wait(Environment("Staging")));
    }

    [Theory]
    [InlineData(0x100, true), InlineData(0x180, true)]
    [SupportedOSPlatform("linux")]
    [InlineData(0x1C0, false), InlineData(0x1A0, false), InlineData(0x184, false)]
    public void A_key_file_wider_than_its_owners_is_refused(int mode, bool isTaken)
    {
        using var home = new TestHome();
        File.SetUnixFileMode(home.KeyPath, (UnixFileMode)mode);

        if (isTaken)
        {
            using var key = FloatKey.Read(home.KeyPath);
            Assert.Equal(TestBatch.PayoutFloat, key.PublicKey);
        }
        else
        {
            Assert.Throws<RefusedToStartException>(() => FloatKey.Read(home.KeyPath));
        }
    }

    [Fact]
    public void A_missing_key_file_is_said_in_a_sentence() =>
        Assert.Throws<RefusedToStartException>(() => FloatKey.Read("/nowhere/float.json"));

    private static void Check(Dictionary<string, string?> settings, string environment) => StartRules.Check(
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), Environment(environment));

    private static HostingEnvironment Environment(string name) => new() { EnvironmentName = name };
}
