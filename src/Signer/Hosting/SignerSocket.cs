using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Stk.Hosting;
using Stk.Signer.Books;
using Stk.Signer.Judging;
using Stk.Signer.Signatures;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Frames;

namespace Stk.Signer.Hosting;

/// <summary>The signer's socket: questions one after another on each connection, an answer to each.</summary>
internal sealed class SignerSocket(
    IOptions<SignerOptions> options,
    SigningDesk desk,
    BookFile file,
    SignerTerms terms,
    TimeProvider time,
    ILogger<SignerSocket> logger) : BackgroundService
{
    private const int ConnectionsMost = 64;

    /// <summary>A connection on which nothing is asked.</summary>
    private static readonly TimeSpan IdlePatience = TimeSpan.FromMinutes(1);

    /// <summary>From a question's first byte to its last, and for an answer to be taken.</summary>
    private static readonly TimeSpan FramePatience = TimeSpan.FromSeconds(10);

    /// <summary>For an answer to be found: two looks at all nodes for each earlier act.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim _connections = new(ConnectionsMost);
    private Socket? _listener;

    /// <summary>What a test does between the file and the answer; null otherwise.</summary>
    internal Action? BeforeAnswer { get; set; }

    /// <exception cref="RefusedToStartException">The file is of another key or mint.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        CheckBook();
        _listener = Listen(options.Value.Socket);
        Log.Listens(logger, file.Book.Acts.Count);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener?.Dispose();
        _connections.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_listener is not { } listener)
        {
            return;
        }

        var open = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await _connections.WaitAsync(stoppingToken);
                open.RemoveAll(one => one.IsCompleted);
                open.Add(Serve(await listener.AcceptAsync(stoppingToken), stoppingToken));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // No more questions; those that were begun end with the token.
        }

        await Task.WhenAll(open);
    }

    private void CheckBook()
    {
        if (file.Torn is { } torn)
        {
            Log.BookTorn(logger, torn);
        }

        if (file.Locked is { } why)
        {
            Log.BookLocked(logger, why);
        }

        if (file.Book.Begun is { } begun
            && (begun.PayoutFloat != terms.PayoutFloat.ToString() || begun.Mint != terms.Mint.ToString()))
        {
            throw new RefusedToStartException(
                $"The signer's file in {options.Value.Directory} is of another float or mint than its key file and "
                + $"{GuardOptions.Section}:Mint.");
        }
    }

    // The file's lock says that no other signer lives: what is at the path is what one has left. Until it listens nobody can
    // connect, so that the mode is never wider than it should be.
    private static Socket Listen(string path)
    {
        File.Delete(path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            listener.Listen();
            return listener;
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            throw new RefusedToStartException($"The signer cannot listen at {path}: {failure.Message}", failure);
        }
    }

    private async Task Serve(Socket connection, CancellationToken stopping)
    {
        try
        {
            using (connection)
            {
                await using var stream = new NetworkStream(connection);
                while (await AnswerOne(stream, stopping))
                {
                }
            }
        }
        catch (Exception ended) when (ended is IOException or SocketException or OperationCanceledException)
        {
            if (!stopping.IsCancellationRequested)
            {
                Log.ConnectionEnded(logger, ended is OperationCanceledException ? "it was too slow" : ended.Message);
            }
        }
        catch (FrameException flaw)
        {
            Log.ConnectionEnded(logger, flaw.Message);
        }
        catch (Exception fault)
        {
            // Without an answer: whatever has happened, asking again is safe.
            Log.QuestionFailed(logger, fault);
        }
        finally
        {
            _connections.Release();
        }
    }

    private async Task<bool> AnswerOne(NetworkStream stream, CancellationToken stopping)
    {
        using var reading = new Deadline(time, IdlePatience, stopping);
        // Once a question has begun it has to come; before that it may take a while.
        var ask = await Frame.ReadAsk(stream, () => reading.SetTo(FramePatience), reading.Token);
        if (ask is null)
        {
            return false;
        }

        SignerAnswer answer;
        using (var finding = new Deadline(time, AnswerPatience, stopping))
        {
            answer = await desk.Answer(ask, finding.Token);
        }

        BeforeAnswer?.Invoke();
        using var writing = new Deadline(time, FramePatience, stopping);
        await Frame.Write(stream, answer, writing.Token);
        return true;
    }
}
