using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stk.Solana.Keys;

namespace Stk.Solana.Rpc;

/// <summary>
/// A node's answer, read strictly: what is missing, of another type or out of range makes the answer garbled, and
/// nothing is guessed. Reading never throws, whatever the bytes.
/// </summary>
internal readonly struct RpcAnswer
{
    private readonly JsonElement _element;
    private readonly string _path;

    private RpcAnswer(JsonElement element, string path) => (_element, _path) = (element, path);

    public static RpcResult<T> Read<T>(ReadOnlyMemory<byte> json, Func<RpcAnswer, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(new RpcAnswer(document.RootElement, ""), read);
        }
        catch (JsonException)
        {
            return new RpcResult<T>.Failed(new RpcError.Garbled("it is not JSON"));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, in a text or in a field's name: JSON allows it, text does not.
            return new RpcResult<T>.Failed(new RpcError.Garbled("text in it is not well-formed"));
        }
        catch (GarbledException garbled)
        {
            return new RpcResult<T>.Failed(new RpcError.Garbled(garbled.Message));
        }
    }

    /// <summary>
    /// The error in a body, where it is one of JSON-RPC's own numbers or Solana's; null where there is none.
    /// </summary>
    public static RpcError? ReservedError(ReadOnlyMemory<byte> json) =>
        // -32768 to -32000: JSON-RPC 2.0, section 5.1.
        Read(json, answer => answer).Error switch
        {
            null or RpcError.Garbled or RpcError.RateLimited or RpcError.Other { Code: not (>= -32_768 and <= -32_000) } =>
                null,
            var error => error,
        };

    public static LatestBlockHash LatestBlockHash(RpcAnswer value) =>
        new(value["blockhash"].Blockhash(), Number(value["lastValidBlockHeight"]));

    public static EpochInfo EpochInfo(RpcAnswer value) =>
        new(Number(value["absoluteSlot"]), Number(value["blockHeight"]));

    // A hash of 32 bytes, as a blockhash is.
    public static string GenesisHash(RpcAnswer value) => value.Blockhash().ToString();

    public static ulong Number(RpcAnswer value) =>
        value._element.ValueKind == JsonValueKind.Number && value._element.TryGetUInt64(out var number)
            ? number
            : throw value.Garbled("no number of 64 bits");

    public static Signature Signature(RpcAnswer value) =>
        Solana.Keys.Signature.TryParse(value.Text(), out var signature, out _)
            ? signature
            : throw value.Garbled("no signature");

    public static bool Health(RpcAnswer value) => value.Text() == "ok" ? true : throw value.Garbled("not \"ok\"");

    public static SimulatedTransaction Simulated(RpcAnswer value) =>
        new(value["err"].Optional(Failure), Logs(value), value.Find("unitsConsumed")?.OptionalNumber());

    public static ImmutableArray<SignatureStatus?> Statuses(RpcAnswer value) =>
        [.. value.Elements().Select(status => status.Optional(Status))];

    public static ImmutableArray<SignatureInfo> Signatures(RpcAnswer value) =>
    [
        .. value.Elements().Select(info => new SignatureInfo(
            Signature(info["signature"]),
            Number(info["slot"]),
            info["err"].Optional(Failure),
            info.Find("confirmationStatus") is { IsNull: false } status ? status.Commitment() : null,
            info.Find("blockTime")?.Time())),
    ];

    public static AccountInfo? Account(RpcAnswer value) => value.Optional(Existing);

    public static ImmutableArray<AccountInfo?> Accounts(RpcAnswer value) => [.. value.Elements().Select(Account)];

    public static TokenAmount Amount(RpcAnswer value) =>
        new(value["amount"].Digits(), (byte)Number(value["decimals"]).Below(256, value));

    public static LandedTransaction? Landed(RpcAnswer value) => value.Optional(transaction =>
    {
        var meta = transaction["meta"];
        return new LandedTransaction(
            Number(transaction["slot"]),
            transaction["transaction"].Base64(),
            meta["err"].Optional(Failure),
            Number(meta["fee"]),
            [.. meta["preBalances"].Elements().Select(Number)],
            [.. meta["postBalances"].Elements().Select(Number)],
            Balances(meta.Find("preTokenBalances")),
            Balances(meta.Find("postTokenBalances")),
            meta.Find("computeUnitsConsumed")?.OptionalNumber(),
            transaction.Find("blockTime")?.Time(),
            LoadedAddresses(meta.Find("loadedAddresses")));
    });

    private bool IsNull => _element.ValueKind == JsonValueKind.Null;

    private RpcAnswer this[string name] => Find(name) ?? throw Garbled($"no field \"{name}\"");

    private static RpcResult<T> Read<T>(RpcAnswer answer, Func<RpcAnswer, T> read)
    {
        if (answer.Find("error") is { IsNull: false } error)
        {
            return new RpcResult<T>.Failed(Error(error));
        }

        var result = answer["result"];
        // Some methods say which slot they speak of, and put the value beside it.
        return result._element.ValueKind == JsonValueKind.Object && result.Find("context") is { } context
            ? new RpcResult<T>.Answered(read(result["value"]), Number(context["slot"]))
            : new RpcResult<T>.Answered(read(result));
    }

    // Codes: Agave, rpc-client-types, custom_error.rs.
    private static RpcError Error(RpcAnswer error)
    {
        var code = error["code"].Code();
        var message = error.Find("message") is { _element.ValueKind: JsonValueKind.String } text ? text.Text() : "";
        var about = error.Find("data") is { _element.ValueKind: JsonValueKind.Object } data ? data : (RpcAnswer?)null;
        return code switch
        {
            -32002 when about?.Find("err") is { IsNull: false } cause =>
                new RpcError.PreflightFailed(Failure(cause), Logs(about.Value)),
            -32003 => new RpcError.SignatureRejected(),
            -32005 => new RpcError.NodeBehind(about?.Find("numSlotsBehind")?.OptionalNumber()),
            -32001 or -32004 or -32007 or -32009 or -32011 or -32014 or -32019 =>
                new RpcError.HistoryUnavailable(code, message),
            -32015 => new RpcError.VersionUnsupported(),
            -32016 => new RpcError.MinContextSlotNotReached(about?.Find("contextSlot")?.OptionalNumber()),
            -32601 => new RpcError.MethodMissing(message),
            -32602 => new RpcError.InvalidParams(message),
            429 => new RpcError.RateLimited(RetryAfter: null),
            _ => new RpcError.Other(code, message),
        };
    }

    private static TransactionError Failure(RpcAnswer error)
    {
        if (error._element.ValueKind == JsonValueKind.String)
        {
            return new TransactionError.Named(error.Text());
        }

        var (name, about) = error.OnlyField();
        return name == "InstructionError"
            ? InstructionFailure(about)
            : new TransactionError.At(name, about._element.ValueKind == JsonValueKind.Object
                ? about.OnlyField().Value.Index()
                : about.Index());
    }

    private static TransactionError.InstructionFailed InstructionFailure(RpcAnswer error)
    {
        var parts = error.Elements().ToArray();
        if (parts.Length != 2)
        {
            throw error.Garbled("not two parts");
        }

        var index = parts[0].Index();
        if (parts[1]._element.ValueKind == JsonValueKind.String)
        {
            return new(index, parts[1].Text(), CustomCode: null);
        }

        var (name, value) = parts[1].OnlyField();
        return name == "Custom"
            ? new(index, name, (uint)Number(value).Below(1UL << 32, value))
            : new(index, name, CustomCode: null);
    }

    private static SignatureStatus Status(RpcAnswer status) =>
        new(Number(status["slot"]), status["confirmationStatus"].Commitment(), status["err"].Optional(Failure));

    private static AccountInfo Existing(RpcAnswer account) =>
        new(
            Number(account["lamports"]),
            account["owner"].Key(),
            account["data"].Base64(),
            account["executable"]._element.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw account.Garbled("\"executable\" is neither true nor false"),
            });

    private static ImmutableArray<TokenBalance> Balances(RpcAnswer? balances) =>
        balances is not { IsNull: false } some
            ? []
            :
            [
                .. some.Elements().Select(balance => new TokenBalance(
                    balance["accountIndex"].Index(),
                    balance["mint"].Key(),
                    balance.Find("owner") is { IsNull: false } owner ? owner.Key() : null,
                    balance["uiTokenAmount"]["amount"].Digits())),
            ];

    private static ImmutableArray<PublicKey> LoadedAddresses(RpcAnswer? addresses) =>
        addresses is not { IsNull: false } loaded
            ? []
            : [.. loaded["writable"].Elements().Concat(loaded["readonly"].Elements()).Select(address => address.Key())];

    private static ImmutableArray<string> Logs(RpcAnswer value) =>
        value.Find("logs") is { IsNull: false } logs ? [.. logs.Elements().Select(line => line.Text())] : [];

    private T? Optional<T>(Func<RpcAnswer, T> read)
        where T : class => IsNull ? null : read(this);

    private ulong? OptionalNumber() => IsNull ? null : Number(this);

    private RpcAnswer? Find(string name)
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw Garbled("no object");
        }

        return _element.TryGetProperty(name, out var value) ? new(value, $"{_path}.{name}") : null;
    }

    private IEnumerable<RpcAnswer> Elements()
    {
        if (_element.ValueKind != JsonValueKind.Array)
        {
            throw Garbled("no array");
        }

        var path = _path;
        return _element.EnumerateArray().Select((value, place) =>
            new RpcAnswer(value, string.Create(CultureInfo.InvariantCulture, $"{path}[{place}]")));
    }

    private (string Name, RpcAnswer Value) OnlyField()
    {
        if (_element.ValueKind != JsonValueKind.Object || _element.GetPropertyCount() != 1)
        {
            throw Garbled("not an object of one field");
        }

        var field = _element.EnumerateObject().First();
        return (field.Name, new(field.Value, $"{_path}.{field.Name}"));
    }

    private string Text() => _element.ValueKind == JsonValueKind.String
        ? _element.GetString()! // null only for JSON's null
        : throw Garbled("no text");

    private ulong Digits() =>
        ulong.TryParse(Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Garbled("no amount");

    private int Index() => (int)Number(this).Below(int.MaxValue, this);

    private int Code() =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out var code)
            ? code
            : throw Garbled("no error code");

    private PublicKey Key() =>
        PublicKey.TryParse(Text(), out var key, out _) ? key : throw Garbled("no address");

    private Blockhash Blockhash() =>
        Solana.Keys.Blockhash.TryParse(Text(), out var hash, out _) ? hash : throw Garbled("no blockhash");

    // ["...", "base64"]
    private ImmutableArray<byte> Base64()
    {
        var parts = Elements().ToArray();
        try
        {
            return parts.Length == 2 && parts[1].Text() == "base64"
                ? [.. Convert.FromBase64String(parts[0].Text())]
                : throw Garbled("not base64");
        }
        catch (FormatException)
        {
            throw Garbled("broken base64");
        }
    }

    private Commitment Commitment() => Text() switch
    {
        "processed" => Rpc.Commitment.Processed,
        "confirmed" => Rpc.Commitment.Confirmed,
        "finalized" => Rpc.Commitment.Finalized,
        _ => throw Garbled("no commitment"),
    };

    private DateTimeOffset? Time() => IsNull
        ? null
        : DateTimeOffset.FromUnixTimeSeconds((long)Number(this).Below(100_000_000_000, this));

    internal GarbledException Garbled(string flaw) => new($"{flaw} at {(_path.Length == 0 ? "the top" : _path)}");

    internal sealed class GarbledException(string flaw) : Exception(flaw);
}

/// <summary>Ranges narrower than the number's own.</summary>
internal static class RpcAnswerRange
{
    public static ulong Below(this ulong number, ulong limit, RpcAnswer where) =>
        number < limit ? number : throw where.Garbled("a number that is too large");
}
