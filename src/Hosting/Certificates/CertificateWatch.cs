using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Stk.Hosting.Certificates;

/// <summary>Decides who is let in, and tells of it: who was not, and how long the host's own certificate is good.</summary>
internal sealed class CertificateWatch
{
    private readonly HostCertificate _certificate;
    private readonly TimeProvider _time;
    private readonly ILogger<CertificateWatch> _logger;
    private readonly Counter<long> _refused;

    public CertificateWatch(
        HostCertificate certificate, IMeterFactory meters, TimeProvider time, ILogger<CertificateWatch> logger)
    {
        _certificate = certificate;
        _time = time;
        _logger = logger;
        var meter = meters.Create("stk.hosting");
        _refused = meter.CreateCounter<long>("cluster.connections.refused");
        meter.CreateObservableGauge("certificate.validity", () => Left.TotalDays, unit: "d");
        if (Left < CertificateDirectory.Renewed)
        {
            Log.CertificateEnds(logger, certificate.ValidUntil);
        }
    }

    private TimeSpan Left => _certificate.ValidUntil - _time.GetUtcNow();

    /// <summary>True where the certificate is of that role, for that use, and of an authority that is trusted.</summary>
    public bool IsAdmitted(X509Certificate2 shown, HostRole peer, CertificateUse use, string port)
    {
        if (_certificate.Objection(shown, peer, use, _time) is not { } objection)
        {
            return true;
        }

        Log.PeerRefused(_logger, port, shown.Subject, shown.Thumbprint, objection);
        return false;
    }

    /// <summary>Before the handshake: a connection that ends without having come through it counts as refused.</summary>
    public Func<ConnectionDelegate, ConnectionDelegate> CountRefused(string port)
    {
        var tag = new KeyValuePair<string, object?>("port", port);
        // An alarm on what has never been counted would have nothing to look at.
        _refused.Add(0, tag);
        return next => async context =>
        {
            try
            {
                await next(context);
            }
            finally
            {
                if (context.Features.Get<Admission>() is null)
                {
                    _refused.Add(1, tag);
                }
            }
        };
    }

    /// <summary>After the handshake.</summary>
    public static ConnectionDelegate Admit(ConnectionDelegate next) => context =>
    {
        context.Features.Set(Admission.Given);
        return next(context);
    };

    private sealed class Admission
    {
        public static readonly Admission Given = new();
    }
}
