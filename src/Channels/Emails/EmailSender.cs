using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.Channels.Emails;

/// <summary>
/// Sends mail through one server, with STARTTLS or not at all. Connections are kept while there is something to send.
/// </summary>
internal sealed class EmailSender : IChannelSender, IDisposable
{
    private const int KeptMax = 4;
    private const int LettersPerConnection = 100;

    // The mailbox is full, or the server's disk.
    private const int NoRoom = 552;

    private readonly EmailOptions _options;
    private readonly TimeProvider _time;
    private readonly string? _password;
    private readonly System.Net.Security.RemoteCertificateValidationCallback? _check;
    private readonly ConcurrentBag<Connection> _kept = [];

    /// <exception cref="InvalidDataException">A file that the settings name cannot be read.</exception>
    public EmailSender(IOptions<EmailOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _password = _options.PasswordFile is { } file
            ? SecretFile.Read(file, $"{EmailOptions.Section}:{nameof(EmailOptions.PasswordFile)}")
            : null;
        _check = _options.TrustedAuthority is { } authority ? TrustedAuthority.Check(authority) : null;
    }

    public NoticeChannel Channel => NoticeChannel.Email;

    public bool IsConfigured => _options.Host is not null;

    public double PerSecond => _options.PerSecond;

    public TimeSpan Longest { get; } = TimeSpan.FromSeconds(30);

    public async Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        if (EmailAddress.Broken(message.Address) is not null)
        {
            return new DeliveryAnswer.Refused(DeliveryReasons.UnknownRecipient);
        }

        var letter = EmailMessage.Of(message, _options.From!, _options.FromName, _time.GetUtcNow());
        using var limit = new CancellationTokenSource(Longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await Send(letter, either.Token);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && Answer(exception) is { } answer)
        {
            return answer;
        }
    }

    private async Task<DeliveryAnswer> Send(MimeMessage letter, CancellationToken cancellation)
    {
        if (_kept.TryTake(out var kept))
        {
            try
            {
                return await Send(letter, kept, cancellation);
            }
            catch (Exception exception) when (IsEnded(exception) && !cancellation.IsCancellationRequested)
            {
                // The server has ended it while it was idle.
            }
        }

        return await Send(letter, await Connect(cancellation), cancellation);
    }

    private async Task<DeliveryAnswer> Send(MimeMessage letter, Connection connection, CancellationToken cancellation)
    {
        var isSound = false;
        try
        {
            await connection.Client.SendAsync(letter, cancellation);
            isSound = true;
        }
        catch (SmtpCommandException)
        {
            // It has said no to this letter: the connection is as good as before.
            isSound = connection.Client.IsConnected;
            throw;
        }
        finally
        {
            if (isSound && ++connection.Letters < LettersPerConnection && _kept.Count < KeptMax)
            {
                _kept.Add(connection);
            }
            else
            {
                connection.Client.Dispose();
            }
        }

        return new DeliveryAnswer.Delivered();
    }

    private async Task<Connection> Connect(CancellationToken cancellation)
    {
        var client = new SmtpClient { CheckCertificateRevocation = false, Timeout = (int)Longest.TotalMilliseconds };
        if (_check is not null)
        {
            client.ServerCertificateValidationCallback = _check;
        }

        try
        {
            await client.ConnectAsync(_options.Host!, _options.Port, SecureSocketOptions.StartTls, cancellation);
            if (_options.User is { } user)
            {
                await client.AuthenticateAsync(user, _password!, cancellation);
            }

            return new(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static bool IsEnded(Exception exception) =>
        exception is ServiceNotConnectedException or IOException or SocketException or SmtpProtocolException
        || exception is SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    private static DeliveryAnswer? Answer(Exception exception) => exception switch
    {
        SmtpCommandException no => Answer(no),
        AuthenticationException => new DeliveryAnswer.Failed(DeliveryReasons.Smtp(535)),
        SslHandshakeException or NotSupportedException => new DeliveryAnswer.Failed(DeliveryReasons.NoTls),
        OperationCanceledException or TimeoutException => new DeliveryAnswer.Failed(DeliveryReasons.Timeout),
        SmtpProtocolException => new DeliveryAnswer.Failed(DeliveryReasons.AnswerNotUnderstood),
        IOException or SocketException or ServiceNotConnectedException or ServiceNotAuthenticatedException =>
            new DeliveryAnswer.Failed(DeliveryReasons.NoConnection),
        _ => null,
    };

    // Of whom it is for, and of what it says, a no is for good; of who sends, it is ours to mend.
    private static DeliveryAnswer Answer(SmtpCommandException no)
    {
        var code = (int)no.StatusCode;
        var reason = DeliveryReasons.Smtp(code);
        return code is >= 500 and < 600 and not NoRoom
            && no.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
                ? new DeliveryAnswer.Refused(reason)
                : new DeliveryAnswer.Failed(reason);
    }

    public void Dispose()
    {
        while (_kept.TryTake(out var kept))
        {
            kept.Client.Dispose();
        }
    }

    private sealed class Connection(SmtpClient client)
    {
        public SmtpClient Client { get; } = client;

        public int Letters { get; set; }
    }
}
