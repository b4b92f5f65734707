using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Stk.Silo.Hosting;

/// <summary>
/// Traces and metrics by OpenTelemetry: sent by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, metrics also for
/// Prometheus at <c>/metrics</c>. Instruments are named in docs/operations.md; alerts stand on their names.
/// </summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var isSent = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("stk-silo"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("stk.*", "Microsoft.Orleans", "Npgsql", "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel");
                metrics.AddRuntimeInstrumentation();
                // The default boundaries are milliseconds' numbers: every commit would fall into the first bucket.
                metrics.AddView("commit.duration", new ExplicitBucketHistogramConfiguration
                {
                    Boundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
                });
                metrics.AddPrometheusExporter();
                if (isSent)
                {
                    metrics.AddOtlpExporter();
                }
            });
        if (isSent)
        {
            telemetry.WithTracing(tracing => tracing
                .AddSource("stk.*", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "Npgsql")
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter());
        }
    }
}
