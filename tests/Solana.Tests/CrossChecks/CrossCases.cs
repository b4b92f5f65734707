using System.Text.Json.Nodes;
using Stk.Solana.Keys;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.CrossChecks;

/// <summary>Makes cases from a seed: the same seed, the same cases.</summary>
internal sealed class CrossCases(int seed)
{
    // Letters of the base58 alphabet, its look-alikes and others, mostly the first.
    private const string TextLetters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const string OddLetters = "0OIl+/ _-é";

    private readonly Random _random = new(seed);

    public IEnumerable<CrossCase> Take(int count)
    {
        for (var id = 1; id <= count; id++)
        {
            var (kind, input) = Next(id % 10);
            yield return new(id, kind, input);
        }
    }

    private (string Kind, JsonObject Input) Next(int turn) => turn switch
    {
        0 or 1 => ("key", Key()),
        2 => ("address", new() { ["bytes"] = Hex(_random.Next(8) == 0 ? Sparse() : Bytes(32)) }),
        3 => ("text", new() { ["text"] = Text() }),
        4 => ("pda", Pda()),
        5 => ("ata", new() { ["owner"] = Address(), ["mint"] = Address() }),
        6 or 7 => ("instruction", Instruction()),
        _ => ("message", Message()),
    };

    private JsonObject Key() => new()
    {
        ["seed"] = Hex(Bytes(32)),
        ["message"] = Hex(Bytes(_random.Next(200))),
        ["flip"] = _random.Next(2) == 0 ? null : _random.Next(512),
    };

    // Mostly zeros: leading zeros are ones in base58, and small y are at the edge of the field.
    private byte[] Sparse()
    {
        var bytes = new byte[32];
        bytes[_random.Next(32)] = (byte)_random.Next(256);
        bytes[_random.Next(32)] = (byte)_random.Next(256);
        return bytes;
    }

    private string Text() => new([.. Enumerable.Range(0, _random.Next(30, 47)).Select(_ => _random.Next(150) == 0
        ? OddLetters[_random.Next(OddLetters.Length)]
        : TextLetters[_random.Next(TextLetters.Length)])]);

    private JsonObject Pda() => new()
    {
        ["program"] = Address(),
        ["seeds"] = new JsonArray([
            .. Enumerable.Range(0, _random.Next(16)).Select(_ => (JsonNode)Hex(Bytes(_random.Next(33))))]),
    };

    private JsonObject Instruction()
    {
        var (name, args) = Call();
        return new() { ["name"] = name, ["args"] = args };
    }

    private (string Name, JsonObject Args) Call() => _random.Next(15) switch
    {
        0 => ("createAccount", Args("from created owner", ("lamports", Number()), ("space", Number()))),
        1 => ("transfer", Args("from to", ("lamports", Number()))),
        2 => ("advanceNonce", Args("nonce authority")),
        3 => ("withdrawNonce", Args("nonce to authority", ("lamports", Number()))),
        4 => ("initializeNonce", Args("nonce authority")),
        5 => ("authorizeNonce", Args("nonce authority to")),
        6 => ("transferChecked", Args(
            "source mint destination authority", ("amount", Number()), ("decimals", _random.Next(256)))),
        7 => ("mintTo", Args("mint destination authority", ("amount", Number()))),
        8 => ("burn", Args("source mint authority", ("amount", Number()))),
        9 => ("setAuthority", Args("account authority", ("type", _random.Next(4)), ("to", OptionalAddress()))),
        10 => ("initializeMint2", Args(
            "mint authority", ("decimals", _random.Next(256)), ("to", OptionalAddress()))),
        11 => ("createIdempotent", Args("payer account owner mint")),
        12 => ("memo", Args(
            "",
            ("text", $"неделя {_random.Next(60)} ☉ {new string('m', _random.Next(300))}"),
            ("signers", new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => (JsonNode)Address())])))),
        13 => ("computeLimit", Args("", ("units", _random.NextInt64(uint.MaxValue + 1L)))),
        _ => ("computePrice", Args("", ("microLamports", Number()))),
    };

    private JsonObject Args(string addresses, params ReadOnlySpan<(string Name, JsonNode? Value)> others)
    {
        var args = new JsonObject();
        foreach (var name in addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            args.Add(name, Address());
        }

        foreach (var (name, value) in others)
        {
            args.Add(name, value);
        }

        return args;
    }

    private string? OptionalAddress() => _random.Next(2) == 0 ? null : Address();

    private JsonObject Message()
    {
        var seeds = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Bytes(32)).ToList();
        var signers = seeds.ConvertAll(AddressOf);
        // Few addresses, so that one account appears in several roles; none is a program that is called.
        var others = Enumerable.Range(0, _random.Next(1, 12)).Select(_ => Unknown()).ToList();
        var programs = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Address()).ToList();
        var usesV0 = _random.Next(2) == 0;
        var usesNonce = _random.Next(4) == 0;
        var calls = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => (JsonNode)new JsonObject
        {
            ["program"] = Pick(programs),
            ["accounts"] = new JsonArray([
                .. Enumerable.Range(0, _random.Next(8)).Select(_ => Named(signers, others, programs))]),
            ["data"] = Hex(Bytes(_random.Next(40))),
        }).ToArray();
        // All must be asked for, or kit has a key too many: a last call names them.
        calls[^1]!["accounts"] = new JsonArray([
            .. signers.Select(key => (JsonNode)new JsonArray(key, 2 + _random.Next(2))),
            .. Enumerable.Range(0, _random.Next(4)).Select(_ => Named(signers, others, programs))]);
        return new()
        {
            ["version"] = usesV0 ? 0 : "legacy",
            ["payer"] = signers[0],
            ["signers"] = new JsonArray([.. seeds.Select(bytes => (JsonNode)Hex(bytes))]),
            ["lifetime"] = usesNonce
                ? new JsonObject { ["nonce"] = Address(), ["account"] = Unknown(), ["authority"] = Pick(signers) }
                : new JsonObject { ["blockhash"] = Address() },
            ["instructions"] = new JsonArray(calls),
            ["tables"] = new JsonArray([
                .. Enumerable.Range(0, usesV0 ? _random.Next(4) : 0).Select(_ => Table(others, signers, programs))]),
        };
    }

    // Roles are kit's: 0 read-only, 1 writable, 2 read-only signer, 3 writable signer.
    private JsonArray Named(List<string> signers, List<string> others, List<string> programs) => _random.Next(6) switch
    {
        0 => new JsonArray(Pick(signers), _random.Next(4)),
        1 => new JsonArray(Pick(programs), 0),
        _ => new JsonArray(Pick(others), _random.Next(2)),
    };

    private JsonObject Table(List<string> others, List<string> signers, List<string> programs) => new()
    {
        ["address"] = Unknown(),
        ["addresses"] = new JsonArray([
            .. Enumerable.Range(0, _random.Next(1, 20)).Select(_ => (JsonNode)(_random.Next(4) switch
            {
                0 => Address(),
                1 => _random.Next(2) == 0 ? Pick(signers) : Pick(programs),
                _ => Pick(others),
            }))]),
    };

    private string Number() => _random.Next(4) switch
    {
        0 => _random.Next(10).ToString(provider: null),
        1 => ulong.MaxValue.ToString(provider: null),
        _ => BitConverter.ToUInt64(Bytes(8)).ToString(provider: null),
    };

    private string Address() => _random.Next(20) switch
    {
        0 => SystemProgram.ProgramId.ToString(),
        1 => TokenProgram.ProgramId.ToString(),
        _ => Unknown(),
    };

    private string Unknown() => new PublicKey(Bytes(32)).ToString();

    private static string AddressOf(byte[] seed)
    {
        using var account = Account.FromSeed(seed);
        return account.PublicKey.ToString();
    }

    private string Pick(List<string> list) => list[_random.Next(list.Count)];

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
