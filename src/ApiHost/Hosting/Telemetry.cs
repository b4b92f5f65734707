using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Stk.ApiHost.Hosting;

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
            .ConfigureResource(resource => resource.AddService("stk-api"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("stk.*", "Microsoft.Orleans", "Npgsql", "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel");
                metrics.AddRuntimeInstrumentation();
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
