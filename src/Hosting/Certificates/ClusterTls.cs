using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Stk.Hosting.Certificates;

/// <summary>
/// Mutual TLS on the cluster's ports. Each way has a check of its own: who comes to a silo's port, or is called there, is
/// a silo; who comes to a gateway is an API host. What the list of members says of an address proves nothing.
/// </summary>
public static class ClusterTls
{
    /// <param name="certificate">A silo's.</param>
    public static ISiloBuilder UseClusterTls(this ISiloBuilder silo, HostCertificate certificate)
    {
        silo.Services.AddCertificate(certificate);
        return silo.Configure<SiloConnectionOptions>(connections =>
        {
            connections.ConfigureSiloInboundConnection(
                connection => connection.AnswerWith(certificate, HostRole.Silo, "silo"));
            connections.ConfigureGatewayInboundConnection(
                connection => connection.AnswerWith(certificate, HostRole.Api, "gateway"));
            connections.ConfigureSiloOutboundConnection(connection => connection.CallWith(certificate, "silo called"));
        });
    }

    /// <param name="certificate">An API host's.</param>
    public static IClientBuilder UseClusterTls(this IClientBuilder client, HostCertificate certificate)
    {
        client.Services.AddCertificate(certificate);
        return client.Configure<ClientConnectionOptions>(connections =>
            connections.ConfigureConnection(connection => connection.CallWith(certificate, "gateway called")));
    }

    private static void AddCertificate(this IServiceCollection services, HostCertificate certificate)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(certificate);
        services.AddSingleton<CertificateWatch>();
    }

    private static void AnswerWith(
        this IConnectionBuilder connection, HostCertificate certificate, HostRole caller, string port)
    {
        var watch = connection.ApplicationServices.GetRequiredService<CertificateWatch>();
        connection.Use(watch.CountRefused(port));
        connection.UseServerTls(Options(certificate, watch, caller, CertificateUse.Calling, port));
        connection.Use(CertificateWatch.Admit);
    }

    private static void CallWith(this IConnectionBuilder connection, HostCertificate certificate, string port)
    {
        var watch = connection.ApplicationServices.GetRequiredService<CertificateWatch>();
        var options = Options(certificate, watch, HostRole.Silo, CertificateUse.Answering, port);
        options.OnAuthenticateAsClient = (_, tls) => tls.TargetHost = CertificateUse.Name(HostRole.Silo);
        connection.Use(watch.CountRefused(port));
        connection.UseClientTls(options);
        connection.Use(CertificateWatch.Admit);
    }

    private static TlsOptions Options(
        HostCertificate certificate, CertificateWatch watch, HostRole peer, CertificateUse use, string port)
    {
        return new()
        {
            LocalCertificate = certificate.Own,
            // Who shows none is not let in, and we show ours: said, though one of them is the default.
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
            // In place of the runtime's own answer, which asks the machine's authorities.
            RemoteCertificateValidation = (shown, _, _) => watch.IsAdmitted(shown, peer, use, port),
        };
    }
}
