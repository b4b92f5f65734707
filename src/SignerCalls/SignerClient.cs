using System.Globalization;
using System.Net.Sockets;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.SignerCalls.Frames;

namespace Stk.SignerCalls;

/// <summary>Asks the signer over its socket: a connection a question, so that no answer is taken for another's.</summary>
/// <param name="socket">The path of the signer's socket.</param>
/// <param name="patience">For one question, from connecting to the whole answer.</param>
public sealed class SignerClient(string socket, TimeSpan patience, TimeProvider time)
{
    /// <exception cref="SignerUnreachableException">There is no answer, or it makes no sense.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<SignerAnswer> Ask(SignerAsk ask, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), either.Token);
            await using var stream = new NetworkStream(connection);
            await Frame.Write(stream, ask, either.Token);
            return await Frame.ReadAnswer(stream, either.Token);
        }
        catch (OperationCanceledException tooLate) when (!cancellation.IsCancellationRequested)
        {
            throw new SignerUnreachableException(string.Create(
                CultureInfo.InvariantCulture, $"The signer has not answered within {patience.TotalSeconds:0} s."), tooLate);
        }
        catch (Exception failure) when (failure is SocketException or IOException or FrameException)
        {
            throw new SignerUnreachableException($"The signer cannot be asked: {failure.Message}", failure);
        }
    }
}
