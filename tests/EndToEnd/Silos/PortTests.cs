using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Stk.Hosting.Certificates;

namespace Stk.EndToEnd.Silos;

/// <summary>Who is let in at the two ports of a silo, and hears nothing otherwise.</summary>
[Collection(ClubCollection.Name)]
public sealed class PortTests(ClubEconomy club, OtherAuthority other) : IClassFixture<OtherAuthority>
{
    private const string Ours = "ours";
    private const string Theirs = "another authority's";

    [Theory]
    [InlineData("silo", Ours, HostRole.Api)]
    [InlineData("silo", Theirs, HostRole.Silo)]
    [InlineData("silo", Theirs, HostRole.Api)]
    [InlineData("gateway", Ours, HostRole.Silo)]
    [InlineData("gateway", Theirs, HostRole.Silo)]
    [InlineData("gateway", Theirs, HostRole.Api)]
    public async Task A_certificate_of_another_role_or_authority_hears_nothing(string port, string authority, HostRole role)
    {
        var files = CertificateFiles.In(authority == Ours ? club.Economy.Certificates : other.Directory, role);

        Assert.Equal(0, await Heard(port, files));
    }

    [Theory, InlineData("silo"), InlineData("gateway")]
    public async Task Who_shows_no_certificate_hears_nothing(string port) => Assert.Equal(0, await Heard(port, null));

    [Theory, InlineData("silo", HostRole.Silo), InlineData("gateway", HostRole.Api)]
    public async Task The_role_of_a_port_is_let_in_and_listened_to(string port, HostRole role)
    {
        await using var taken = await Encrypted(port, CertificateFiles.In(club.Economy.Certificates, role));
        using var end = new CancellationTokenSource();
        var answer = taken.ReadAsync(new byte[1], end.Token).AsTask();

        // Refused after it, and told so by the end of its connection: the first one is greeted, or open and listened to.
        Assert.Equal(0, await Heard(port, null));
        Assert.True(!answer.IsCompleted || await answer > 0, "the port has closed the connection");
        await end.CancelAsync();
    }

    [Theory, InlineData("silo"), InlineData("gateway")]
    public async Task Who_speaks_without_encryption_hears_nothing(string port)
    {
        using var client = await Connect(port);
        var stream = client.GetStream();
        // As long as what a handshake begins with: a port that reads in the clear would take it for the length of a message.
        await stream.WriteAsync(new byte[64]);

        var heard = new byte[1];
        Assert.Equal(0, await Read(stream, heard));
    }

    // The caller's side of a handshake may end before its certificate has been looked at: what counts is what comes then.
    private async Task<int> Heard(string port, CertificateFiles? files)
    {
        try
        {
            await using var stream = await Encrypted(port, files);
            return await Read(stream, new byte[1]);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return 0;
        }
    }

    private async Task<SslStream> Encrypted(string port, CertificateFiles? files)
    {
        var client = await Connect(port);
        var stream = new SslStream(client.GetStream());
        using var limit = HangLimit.StepSource();
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "silo.stk.internal",
                ClientCertificates = files is null
                    ? null
                    : [X509Certificate2.CreateFromPemFile(files.Certificate, files.Key)],
#pragma warning disable CA5359 // An attacker is not particular.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            limit.Token);
        return stream;
    }

    private async Task<TcpClient> Connect(string port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, club.Economy.PortOf("silo-1", port));
        return client;
    }

    private static async Task<int> Read(Stream stream, byte[] heard)
    {
        try
        {
            using var limit = HangLimit.StepSource();
            return await stream.ReadAsync(heard, limit.Token);
        }
        catch (IOException)
        {
            // Closed so hard that there was no end to read.
            return 0;
        }
    }
}
