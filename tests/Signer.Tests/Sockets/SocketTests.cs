using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Stk.Signer.Books;
using Stk.SignerCalls;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Testing;

namespace Stk.Signer.Tests.Sockets;

/// <summary>The socket, and what stands behind it when a process dies.</summary>
public sealed class SocketTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly TestNodes _nodes = new();
    private readonly TestTime _time = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Killed_between_the_file_and_the_answer_it_answers_the_same_bytes()
    {
        var ask = TestBatch.Ask(TestBatch.Ann(), TestBatch.Bob());
        byte[] written;
        await using (var signer = await Start())
        {
            signer.Socket.BeforeAnswer = () => throw new InvalidOperationException("killed");
            await Assert.ThrowsAsync<SignerUnreachableException>(() => signer.Ask(ask));
            signer.Socket.BeforeAnswer = null;
            written = (await Page(signer)).Acts.Single().Transaction;
        }

        _nodes.GrowOld();
        await using var again = await Start();

        Assert.Equal(written, (await again.Granted(ask)).Transaction);
    }

    [Fact]
    public async Task What_was_signed_is_given_in_pages_with_what_recovery_needs()
    {
        await using var signer = await Start();
        await signer.Granted(TestBatch.Ask(TestBatch.Ann()));
        await signer.Granted(TestBatch.Ask(Guid.NewGuid(), 1, TestBatch.Bob()));

        var page = await Page(signer);

        Assert.True(page.IsLast);
        Assert.Equal([1L, 2L], page.Acts.Select(act => act.Number));
        Assert.Equal(["ann", "bob"], page.Acts.SelectMany(act => act.Payouts).Select(payout => payout.Participant));
        Assert.Equal(42, page.Acts[0].Head.Sequence);
        Assert.Empty(Assert.IsType<SignerAnswer.Page>(await signer.Ask(new SignerAsk.OfSigned(2))).Acts);
    }

    [Fact]
    public async Task A_file_that_was_cut_signs_nothing()
    {
        await SignTwo();
        var lines = File.ReadAllLines(_home.BookPath);
        File.WriteAllLines(_home.BookPath, lines[..^1]);

        await using var signer = await Start();

        Assert.Equal("book-locked", await signer.Refusal(TestBatch.Ask(Guid.NewGuid(), 1, TestBatch.Ann())));
        var status = Assert.IsType<SignerAnswer.Status>(await signer.Ask(new SignerAsk.OfStatus()));
        Assert.Contains("cut", status.Locked, StringComparison.Ordinal);
    }

    [Theory, InlineData("book"), InlineData("book.end")]
    public async Task A_file_that_was_lost_signs_nothing(string name)
    {
        await SignTwo();
        File.Delete(Path.Combine(_home.Path, name));

        await using var signer = await Start();

        Assert.Equal("book-locked", await signer.Refusal(TestBatch.Ask(Guid.NewGuid(), 1, TestBatch.Ann())));
        Assert.Equal("book-locked", await signer.Refusal(TestBatch.AskMemo(TestBatch.Week)));
    }

    [Fact]
    public async Task Two_signers_never_work_on_one_file()
    {
        await using var first = await Start();

        await Assert.ThrowsAsync<BookInUseException>(Start);

        await first.Granted(TestBatch.Ask(TestBatch.Ann()));
    }

    [Fact, SupportedOSPlatform("linux")]
    public async Task The_socket_is_for_its_owner_alone_and_is_made_anew()
    {
        await using (await Start())
        {
        }

        File.WriteAllText(_home.SocketPath, "what a killed signer has left");
        await using var signer = await Start();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_home.SocketPath));
        await signer.Granted(TestBatch.Ask(TestBatch.Ann()));
    }

    [Theory, InlineData(uint.MaxValue, ""), InlineData(0U, ""), InlineData(4U, "nope")]
    [InlineData(16U, """{"ask":"sudo"}  """)]
    public async Task What_is_no_question_ends_its_connection_and_no_other(uint length, string body)
    {
        await using var signer = await Start();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_home.SocketPath));
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, length);
        Encoding.ASCII.GetBytes(body, frame.AsSpan(4));
        await socket.SendAsync(frame);

        using var hang = HangLimit.StepSource();
        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], hang.Token));
        await signer.Granted(TestBatch.Ask(TestBatch.Ann()));
    }

    private async Task SignTwo()
    {
        await using var signer = await Start();
        await signer.Granted(TestBatch.Ask(TestBatch.Ann()));
        await signer.Granted(TestBatch.Ask(Guid.NewGuid(), 1, TestBatch.Bob()));
    }

    private static async Task<SignerAnswer.Page> Page(TestSigner signer) =>
        Assert.IsType<SignerAnswer.Page>(await signer.Ask(new SignerAsk.OfSigned(0)));

    private Task<TestSigner> Start() => TestSigner.Start(_home, _nodes, _time);
}
