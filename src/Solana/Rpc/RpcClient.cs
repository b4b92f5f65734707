using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Rpc;

/// <summary>JSON-RPC 2.0 over HTTP to one node.</summary>
internal sealed class RpcClient(
    string node, Uri url, IHttpClientFactory clients, RpcMetrics metrics, ILogger<RpcClient> logger) : IRpcClient
{
    public const string HttpName = "solana";

    /// <summary>
    /// Unit: bytes. The largest honest answer, a thousand signatures or a hundred accounts, is below 1 MB.
    /// </summary>
    public const long LongestAnswer = 16 * 1024 * 1024;

    public string Node { get; } = node;

    public Task<RpcResult<LatestBlockHash>> GetLatestBlockHash(ReadAt at, CancellationToken cancellation) =>
        Ask("getLatestBlockhash", [Config(at)], RpcAnswer.LatestBlockHash, cancellation);

    public Task<RpcResult<ulong>> GetBlockHeight(ReadAt at, CancellationToken cancellation) =>
        Ask("getBlockHeight", [Config(at)], RpcAnswer.Number, cancellation);

    public Task<RpcResult<ulong>> GetSlot(ReadAt at, CancellationToken cancellation) =>
        Ask("getSlot", [Config(at)], RpcAnswer.Number, cancellation);

    public Task<RpcResult<EpochInfo>> GetEpochInfo(ReadAt at, CancellationToken cancellation) =>
        Ask("getEpochInfo", [Config(at)], RpcAnswer.EpochInfo, cancellation);

    public Task<RpcResult<string>> GetGenesisHash(CancellationToken cancellation) =>
        Ask("getGenesisHash", [], RpcAnswer.GenesisHash, cancellation);

    public async Task<RpcResult<Signature>> SendTransaction(
        Transaction transaction, SendOptions options, CancellationToken cancellation)
    {
        var config = Config(new(options.PreflightCommitment, options.MinContextSlot), "preflightCommitment");
        config["encoding"] = "base64";
        config["skipPreflight"] = options.SkipPreflight;
        config["maxRetries"] = options.NodeRetries;
        var result = await Ask(
            "sendTransaction", [Base64(transaction), config], RpcAnswer.Signature, cancellation);
        // A node that speaks of another transaction than ours has said nothing of ours.
        return result is RpcResult<Signature>.Answered { Value: var sent } && sent != transaction.Id
            ? Failed<Signature>(new RpcError.Garbled($"it names {sent}, and {transaction.Id} was sent"))
            : result;
    }

    public Task<RpcResult<SimulatedTransaction>> SimulateTransaction(
        Transaction transaction, ReadAt at, CancellationToken cancellation)
    {
        var config = Config(at);
        config["encoding"] = "base64";
        config["sigVerify"] = false;
        return Ask("simulateTransaction", [Base64(transaction), config], RpcAnswer.Simulated, cancellation);
    }

    public async Task<RpcResult<ImmutableArray<SignatureStatus?>>> GetSignatureStatuses(
        IReadOnlyList<Signature> signatures, bool searchHistory, CancellationToken cancellation)
    {
        var result = await Ask(
            "getSignatureStatuses",
            [Texts(signatures), new JsonObject { ["searchTransactionHistory"] = searchHistory }],
            RpcAnswer.Statuses,
            cancellation);
        return Counted(result, signatures.Count);
    }

    public Task<RpcResult<LandedTransaction?>> GetTransaction(
        Signature signature, Commitment commitment, CancellationToken cancellation)
    {
        var config = Config(new(commitment));
        config["encoding"] = "base64";
        config["maxSupportedTransactionVersion"] = 0;
        return Ask("getTransaction", [signature.ToString(), config], RpcAnswer.Landed, cancellation);
    }

    public Task<RpcResult<ImmutableArray<SignatureInfo>>> GetSignaturesForAddress(
        PublicKey address, ReadAt at, int limit, Signature? before, Signature? until, CancellationToken cancellation)
    {
        var config = Config(at);
        config["limit"] = limit;
        if (before is { } newest)
        {
            config["before"] = newest.ToString();
        }

        if (until is { } oldest)
        {
            config["until"] = oldest.ToString();
        }

        return Ask("getSignaturesForAddress", [address.ToString(), config], RpcAnswer.Signatures, cancellation);
    }

    public Task<RpcResult<AccountInfo?>> GetAccountInfo(
        PublicKey address, ReadAt at, CancellationToken cancellation)
    {
        var config = Config(at);
        config["encoding"] = "base64";
        return Ask("getAccountInfo", [address.ToString(), config], RpcAnswer.Account, cancellation);
    }

    public async Task<RpcResult<ImmutableArray<AccountInfo?>>> GetMultipleAccounts(
        IReadOnlyList<PublicKey> addresses, ReadAt at, CancellationToken cancellation)
    {
        var config = Config(at);
        config["encoding"] = "base64";
        var result = await Ask(
            "getMultipleAccounts", [Texts(addresses), config], RpcAnswer.Accounts, cancellation);
        return Counted(result, addresses.Count);
    }

    public Task<RpcResult<TokenAmount>> GetTokenAccountBalance(
        PublicKey tokenAccount, ReadAt at, CancellationToken cancellation) =>
        Ask("getTokenAccountBalance", [tokenAccount.ToString(), Config(at)], RpcAnswer.Amount, cancellation);

    public Task<RpcResult<TokenAmount>> GetTokenSupply(PublicKey mint, ReadAt at, CancellationToken cancellation) =>
        Ask("getTokenSupply", [mint.ToString(), Config(at)], RpcAnswer.Amount, cancellation);

    public Task<RpcResult<ulong>> GetMinimumBalanceForRentExemption(int size, CancellationToken cancellation) =>
        Ask("getMinimumBalanceForRentExemption", [size], RpcAnswer.Number, cancellation);

    public Task<RpcResult<ulong>> GetFirstAvailableBlock(CancellationToken cancellation) =>
        Ask("getFirstAvailableBlock", [], RpcAnswer.Number, cancellation);

    public Task<RpcResult<bool>> GetHealth(CancellationToken cancellation) =>
        Ask("getHealth", [], RpcAnswer.Health, cancellation);

    public Task<RpcResult<Signature>> RequestAirdrop(
        PublicKey address, ulong lamports, Commitment commitment, CancellationToken cancellation) =>
        Ask(
            "requestAirdrop", [address.ToString(), lamports, Config(new(commitment))], RpcAnswer.Signature,
            cancellation);

    /// <summary>What the header asks for, from now; null where it is missing.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } when answer.Headers.Date is { } now => date - now,
        { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
        _ => null,
    };

    private async Task<RpcResult<T>> Ask<T>(
        string method, JsonArray parameters, Func<RpcAnswer, T> read, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await Send(method, parameters, read, cancellation);
        var elapsed = Stopwatch.GetElapsedTime(started);
        metrics.Answered(Node, method, result.Error?.GetType().Name ?? "answered", elapsed);
        if (result.Error is { } error)
        {
            Log.CallFailed(logger, Node, method, (long)elapsed.TotalMilliseconds, error.Sentence);
        }

        return result;
    }

    private async Task<RpcResult<T>> Send<T>(
        string method, JsonArray parameters, Func<RpcAnswer, T> read, CancellationToken cancellation)
    {
        var question = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = parameters,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            // Agave refuses a content type with a charset.
            Content = new StringContent(question.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        try
        {
            using var client = clients.CreateClient(HttpName);
            using var answer = await client.SendAsync(request, cancellation);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return Failed<T>(new RpcError.RateLimited(RetryAfter(answer)));
            }

            var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
            return answer.IsSuccessStatusCode
                ? RpcAnswer.Read(body, read)
                // Some providers put an error of JSON-RPC under a status of its kind.
                : Failed<T>(RpcAnswer.ReservedError(body) ?? new RpcError.Unavailable((int)answer.StatusCode));
        }
        catch (TimeoutRejectedException)
        {
            return Failed<T>(new RpcError.TimedOut());
        }
        catch (BrokenCircuitException)
        {
            return Failed<T>(new RpcError.Unreachable("its last answers all failed, so it is given a pause"));
        }
        catch (HttpRequestException exception)
        {
            // The error, not the message: that names the address, which may hold a key.
            return Failed<T>(new RpcError.Unreachable(exception.HttpRequestError.ToString()));
        }
        catch (IOException)
        {
            return Failed<T>(new RpcError.Unreachable("the connection broke in the middle of the answer"));
        }
    }

    private static RpcResult<ImmutableArray<T>> Counted<T>(RpcResult<ImmutableArray<T>> result, int asked) =>
        result is RpcResult<ImmutableArray<T>>.Answered { Value.Length: var count } && count != asked
            ? Failed<ImmutableArray<T>>(new RpcError.Garbled($"{count} answers to {asked} questions"))
            : result;

    private static RpcResult<T> Failed<T>(RpcError error) => new RpcResult<T>.Failed(error);

    private static JsonObject Config(ReadAt at, string commitmentName = "commitment")
    {
        var config = new JsonObject { [commitmentName] = Name(at.Commitment) };
        if (at.MinContextSlot is { } slot)
        {
            config["minContextSlot"] = slot;
        }

        return config;
    }

    private static string Name(Commitment commitment) => commitment switch
    {
        Commitment.Processed => "processed",
        Commitment.Confirmed => "confirmed",
        Commitment.Finalized => "finalized",
        _ => throw new ArgumentOutOfRangeException(nameof(commitment), commitment, "No such commitment."),
    };

    private static string Base64(Transaction transaction) => Convert.ToBase64String(transaction.Serialize());

    private static JsonArray Texts<T>(IReadOnlyList<T> values) =>
        new([.. values.Select(value => (JsonNode)value!.ToString()!)]);
}
