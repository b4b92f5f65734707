using Npgsql;
using OpenTelemetry.Metrics;
using Stk.Hosting;
using Stk.Ledger.Signing;
using Stk.Storage;

namespace Stk.Silo.Hosting;

/// <summary>The worker host: a member of the cluster, and a health endpoint beside it.</summary>
internal static class SiloHost
{
    public static async Task<int> Run(string[] args, CancellationToken cancellation)
    {
        // Settings lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        ProductionRules.Check(builder.Configuration, builder.Environment);
        await CheckDatabase(builder.Configuration, cancellation);
        CheckSigningKey(builder.Configuration);
        builder.Logging.AddReadableOrJson(builder.Environment);
        builder.AddTelemetry("stk-silo", AddViews);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Host.UseOrleans((context, silo) =>
        {
            silo.AddStkSilo(context.Configuration, context.HostingEnvironment);
            FatalErrors.AddTo(silo.Services);
        });
        builder.Services.AddHealthChecks().AddCheck<ReadyCheck>("ready", tags: [ReadyCheck.Tag]);

        var app = builder.Build();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(ReadyCheck.Tag) });
        app.MapPrometheusScrapingEndpoint("/metrics");
        await app.RunAsync(cancellation);
        return 0;
    }

    // The default boundaries are milliseconds' numbers: every commit would fall into the first bucket.
    private static void AddViews(MeterProviderBuilder metrics) =>
        metrics.AddView("commit.duration", new ExplicitBucketHistogramConfiguration
        {
            Boundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
        });

    // A key that nobody could verify by would be found out by an audit, months too late.
    private static void CheckSigningKey(ConfigurationManager configuration)
    {
        var signing = configuration.GetSection(SigningOptions.Section).Get<SigningOptions>();
        if (signing?.SigningKey is not { } path)
        {
            return;
        }

        using var signer = ChainSigner.Read(path);
        if (signing.SigningPublicKeys is { } publicPath && !SigningPublicKeys.Read(publicPath).Know(signer))
        {
            throw new RefusedToStartException(
                $"The public half of the signing key {path} is not in {publicPath}, or has an end: nothing it signs would count.");
        }
    }

    // Before anything else starts: a silo over another schema would fail in a hundred ways, none of them clear.
    private static async Task CheckDatabase(IConfiguration configuration, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(configuration.GetConnectionString("Stk")!);
        (await Migration.Check(database, cancellation)).Require();
        await using var command = database.CreateCommand("SELECT at FROM economy.genesis");
        if (await command.ExecuteScalarAsync(cancellation) is DateTime stored
            && configuration.GetValue<DateTimeOffset?>("Stk:Genesis") is { } configured && configured.UtcDateTime != stored)
        {
            throw new RefusedToStartException(
                $"Stk:Genesis is {configured.UtcDateTime:O}, but this economy began at {stored:O}: genesis never changes.");
        }
    }
}
