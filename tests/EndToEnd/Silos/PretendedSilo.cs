using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Stk.Hosting.Certificates;

namespace Stk.EndToEnd.Silos;

/// <summary>A port that shows a silo's certificate of some authority, takes any, and counts who speaks to it.</summary>
public sealed class PretendedSilo : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _certificate;
    private readonly Task _served;
    private int _heard;
    private int _refused;

    public PretendedSilo(string certificates)
    {
        var files = CertificateFiles.In(certificates, HostRole.Silo);
        _certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _served = Serve();
    }

    public int Port { get; }

    /// <summary>Callers that said something after the handshake.</summary>
    public int Heard => Volatile.Read(ref _heard);

    /// <summary>Callers that broke the connection off before they had said anything.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public async ValueTask DisposeAsync()
    {
        // Stopped only once nothing takes callers any more: a stopped listener refuses to.
        await _end.CancelAsync();
        await _served;
        _listener.Dispose();
        _certificate.Dispose();
        _end.Dispose();
    }

    private async Task Serve()
    {
        var callers = new List<Task>();
        try
        {
            while (true)
            {
                callers.Add(Hear(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(callers);
        }
    }

    private async Task Hear(TcpClient caller)
    {
        using var client = caller;
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate,
                    ClientCertificateRequired = true,
#pragma warning disable CA5359 // An attacker is not particular.
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
                },
                _end.Token);
            var count = await stream.ReadAsync(new byte[1], _end.Token);
            Interlocked.Increment(ref count > 0 ? ref _heard : ref _refused);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            Interlocked.Increment(ref _refused);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
