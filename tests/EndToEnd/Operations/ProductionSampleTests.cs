using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stk.Hosting.Callers;
using Stk.Hosting.Certificates;
using Stk.Rules.RuleBooks;
using Stk.Silo.Hosting;

namespace Stk.EndToEnd.Operations;

/// <summary>The sample of a silo's settings in Production is one that a silo takes.</summary>
public sealed class ProductionSampleTests : IDisposable
{
    // What an operator makes for it, in place of what the sample names.
    private readonly string _certificates = Directory.CreateTempSubdirectory("stk-sample-").FullName;

    public ProductionSampleTests()
    {
        CertificateDirectory.Complete(_certificates, TimeSpan.FromDays(398), TimeProvider.System);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(Path.Combine(_certificates, "stk-1.pub.pem"), key.ExportSubjectPublicKeyInfoPem());
        var secret = Path.Combine(_certificates, "silos.secret");
        File.WriteAllText(secret, new string('7', 48));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        }
    }

    private static readonly string Sample =
        Path.Combine(Repository.Root, "deploy", "production", "silo.appsettings.Production.sample.json");

    [Fact]
    public void Options_of_a_silo_with_the_sample_are_valid()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddJsonFile(Sample);
        Assert.NotNull(CertificateFiles.Read(builder.Configuration));
        Assert.NotEmpty(builder.Configuration[SiloSecrets.Setting]!);
        builder.Configuration.AddInMemoryCollection(Files());
        builder.UseOrleans(silo => silo.AddStkSilo(builder.Configuration, isQuick: false));
        using var host = builder.Build();

        host.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void The_sample_of_bounds_is_a_section_that_a_rule_book_takes()
    {
        var document = JsonNode.Parse(RuleBookJson.Write(RuleBook.FromTheSource))!.AsObject();
        var sample = JsonNode.Parse(File.ReadAllText(
            Path.Combine(Repository.Root, "deploy", "production", "bounds.sample.json")))!.AsObject();
        document["bounds"] = sample["bounds"]!.DeepClone();
        using var whole = JsonDocument.Parse(document.ToJsonString());

        var book = Assert.IsType<RuleBookReading.Read>(RuleBookJson.Read(whole.RootElement)).Book;

        Assert.Equal(new WeekBounds(new(300), new(300), 5_000, 5_000), book.Bounds);
        Assert.Single(sample);
    }

    [Fact]
    public async Task A_silo_with_the_sample_gets_as_far_as_its_database()
    {
        var environment = new ConfigurationBuilder().AddJsonFile(Sample).Build().AsEnumerable()
            .Where(setting => setting.Value is not null)
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        foreach (var (name, value) in Files())
        {
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        environment["DOTNET_ENVIRONMENT"] = "Production";
        environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        // Nobody listens there.
        environment["ConnectionStrings__Stk"] = "Host=127.0.0.1;Port=9;Database=stk";

        using var silo = StkRun.Start("dotnet", [typeof(SiloConfiguration).Assembly.Location], environment);

        Assert.StartsWith("The database cannot be reached", (await silo.End()).Sentence(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_certificates, recursive: true);

    private Dictionary<string, string?> Files()
    {
        var files = CertificateFiles.In(_certificates, HostRole.Silo);
        return new()
        {
            ["Stk:Tls:Authorities"] = files.Authorities,
            ["Stk:Tls:Certificate"] = files.Certificate,
            ["Stk:Tls:Key"] = files.Key,
            ["Stk:Auth:KeysDirectory"] = _certificates,
            ["Stk:Calls:Secrets"] = Path.Combine(_certificates, "silos.secret"),
        };
    }
}
