using Microsoft.Extensions.Logging;

namespace Stk.Hosting;

// Event ids: Hosting 600-699. Never reused.
internal static partial class Log
{
    [LoggerMessage(EventId = 600, EventName = "hosting.peer.refused", Level = LogLevel.Warning,
        Message = "A connection ({Port}) was refused: the certificate {Subject}, {Thumbprint}, is not good: {Objection}")]
    public static partial void PeerRefused(
        ILogger logger, string port, string subject, string thumbprint, string objection);

    [LoggerMessage(EventId = 601, EventName = "hosting.certificate.ends", Level = LogLevel.Warning,
        Message = "This host's certificate ends at {ValidUntil}: make another one, and start the host again")]
    public static partial void CertificateEnds(ILogger logger, DateTimeOffset validUntil);

    [LoggerMessage(EventId = 602, EventName = "hosting.client.ended", Level = LogLevel.Warning,
        Message = "The connection of a client was ended: it has sent what is no request ({What})")]
    public static partial void ClientEnded(ILogger logger, string what);
}
