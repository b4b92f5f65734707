using Stk.Hosting;

namespace Stk.Signer.Hosting;

/// <summary>The signer as a process: its socket, and on an address of its own its metrics and whether it lives.</summary>
internal static class SignerHost
{
    public static async Task<int> Run(string[] args, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        StartRules.Check(builder.Configuration, builder.Environment);
        builder.Logging.AddReadableOrJson(builder.Environment);
        builder.AddTelemetry("stk-signer");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSigner();
        builder.Services.AddHealthChecks();

        var app = builder.Build();
        // A locked file is no reason to be started again: the socket says why nothing is signed.
        app.MapHealthChecks("/health/live");
        app.MapHealthChecks("/health/ready");
        app.MapPrometheusScrapingEndpoint("/metrics");
        await app.RunAsync(cancellation);
        return 0;
    }
}
