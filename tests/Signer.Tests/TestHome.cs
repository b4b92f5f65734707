using Stk.Signer.Books;
using Stk.Solana.Keys;

namespace Stk.Signer.Tests;

/// <summary>A signer's directory with its key and a file that was just begun. Short: a socket's path is bounded.</summary>
internal sealed class TestHome : IDisposable
{
    public TestHome()
    {
        Path = Directory.CreateTempSubdirectory("stk-s").FullName;
        KeyFile.Write(KeyPath, TestBatch.FloatSeed);
        BookFile.Begin(Path, new(
            TestBatch.PayoutFloat.ToString(), TestBatch.Mint.ToString(), TestNode.OurGenesis,
            new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    public string Path { get; }

    public string KeyPath => System.IO.Path.Combine(Path, "float.json");

    public string BookPath => System.IO.Path.Combine(Path, "book");

    public string EndPath => System.IO.Path.Combine(Path, "book.end");

    public string SocketPath => System.IO.Path.Combine(Path, "socket");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
