using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Stk.Hosting;

/// <summary>
/// Traces and metrics by OpenTelemetry: sent by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, metrics also for
/// Prometheus at <c>/metrics</c>. Instruments are named in docs/operations.md; alerts stand on their names.
/// </summary>
public static class Telemetry
{
    /// <param name="service">The name under which a host's traces and metrics are found.</param>
    /// <param name="addViews">What this host measures otherwise than by default.</param>
    public static void AddTelemetry(
        this WebApplicationBuilder builder, string service, Action<MeterProviderBuilder>? addViews = null)
    {
        var isSent = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("stk.*", "Microsoft.Orleans", "Npgsql", "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel");
                metrics.AddRuntimeInstrumentation();
                addViews?.Invoke(metrics);
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
