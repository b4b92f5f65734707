using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Stk.Hosting;
using Stk.Signer.Books;
using Stk.Signer.Hosting;
using Stk.Solana.Rpc;

namespace Stk.Signer.Verbs;

/// <summary>
/// Makes the signer's file, once for a key: a key that has signed and whose file is lost gets no new one, as it would sign
/// everything a second time.
/// </summary>
internal static class BeginVerb
{
    /// <summary>Beside the key, not beside the file: what loses the one does not lose the other.</summary>
    private const string MarkEnding = ".begun";

    public static Command Command()
    {
        var command = new Command("begin", "Makes the signer's file, once for a key. It takes the signer's own settings.");
        command.SetAction((_, cancellation) => Run(cancellation));
        return command;
    }

    private static async Task<int> Run(CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignerOptions();
        using var host = builder.Build();
        var signer = host.Services.GetRequiredService<IOptions<SignerOptions>>().Value;
        var guard = host.Services.GetRequiredService<IOptions<GuardOptions>>().Value;
        var nodes = host.Services.GetRequiredService<ISolanaNodes>();
        using var key = FloatKey.Read(signer.KeyFile);
        var mark = signer.KeyFile + MarkEnding;
        if (File.Exists(mark) || BookFile.IsThere(signer.Directory))
        {
            throw new RefusedToStartException(
                $"A signer's file was begun for {signer.KeyFile} already. Where it is lost, that takes recovery, no new file.");
        }

        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var genesis = await Genesis(nodes, cancellation);
        // The mark first: where one of the two is lost, nothing is signed.
        await File.WriteAllTextAsync(mark, now.ToString("O", CultureInfo.InvariantCulture) + "\n", cancellation);
        BookFile.Begin(signer.Directory, new(key.PublicKey.ToString(), guard.Mint, genesis, now));
        return 0;
    }

    private static async Task<string> Genesis(ISolanaNodes nodes, CancellationToken cancellation)
    {
        var asked = await Task.WhenAll(nodes.All.Select(node => node.GetGenesisHash(cancellation)));
        var hashes = asked
            .Select(answer => answer is RpcResult<string>.Answered { Value: var hash } ? hash : null).Distinct().ToList();
        return hashes is [{ } one]
            ? one
            : throw new RefusedToStartException("The nodes do not all answer, or follow different chains.");
    }
}
