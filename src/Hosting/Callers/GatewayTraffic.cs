using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Stk.Hosting.Callers;

/// <summary>What clients may send at all.</summary>
public static class GatewayTraffic
{
    /// <summary>
    /// Ends the connection of a client that sends anything but requests. After the ports' encryption, where there is one.
    /// </summary>
    public static ISiloBuilder TakeRequestsOnly(this ISiloBuilder silo) =>
        silo.Configure<SiloConnectionOptions>(connections =>
            connections.ConfigureGatewayInboundConnection(connection =>
            {
                var logger = connection.ApplicationServices.GetRequiredService<ILogger<RequestsOnly>>();
                var ended = connection.ApplicationServices.GetRequiredService<IMeterFactory>().Create("stk.hosting")
                    .CreateCounter<long>("clients.ended");
                ended.Add(0);
                connection.Use(next => context =>
                {
                    var input = new RequestsOnly(context.Transport.Input, what =>
                    {
                        ended.Add(1);
                        Log.ClientEnded(logger, what);
                    });
                    context.Transport = new Looked(input, context.Transport.Output);
                    return next(context);
                });
            }));

    private sealed record Looked(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
