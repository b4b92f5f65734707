using System.Globalization;
using System.Text.Json.Nodes;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.CrossChecks;

/// <summary>What our library answers, in the form in which Node's program writes kit's answer.</summary>
internal static class OurAnswers
{
    public static JsonObject To(string kind, JsonObject input) => kind switch
    {
        "key" => Key(input),
        "address" => Address(input),
        "text" => new() { ["isAddress"] = PublicKey.TryParse(Text(input, "text"), out _, out _) },
        "pda" => Pda(input),
        "ata" => new()
        {
            ["address"] = AssociatedTokenAccountProgram
                .DeriveAssociatedTokenAccount(Key(input, "owner"), Key(input, "mint")).ToString(),
        },
        "instruction" => Shown(Call(Text(input, "name"), input["args"]!.AsObject())),
        "message" => Message(input),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such case."),
    };

    /// <summary>The signed transaction of a case of messages.</summary>
    public static Transaction TransactionOf(JsonObject input)
    {
        var version = input["version"]!.ToString() == "legacy" ? MessageVersion.Legacy : MessageVersion.V0;
        var builder = new TransactionBuilder()
            .SetFeePayer(Key(input, "payer"))
            .AddInstructions(input["instructions"]!.AsArray().Select(call => Call(call!.AsObject())));
        foreach (var table in input["tables"]!.AsArray())
        {
            builder = builder.AddLookupTable(new(
                Key(table!.AsObject(), "address"),
                [.. table["addresses"]!.AsArray().Select(key => PublicKey.Parse(key!.ToString()))]));
        }

        var lifetime = input["lifetime"]!.AsObject();
        builder = lifetime["blockhash"] is { } blockhash
            ? builder.SetRecentBlockHash(Blockhash.Parse(blockhash.ToString()))
            : builder.SetNonceInformation(new(
                Key(lifetime, "account"), Key(lifetime, "authority"), Blockhash.Parse(Text(lifetime, "nonce"))));
        var signers = input["signers"]!.AsArray().Select(seed => Account.FromSeed(Hex(seed!))).ToArray();
        try
        {
            return builder.SetVersion(version).Build(signers);
        }
        finally
        {
            System.Array.ForEach(signers, signer => signer.Dispose());
        }
    }

    private static JsonObject Key(JsonObject input)
    {
        using var account = Account.FromSeed(Hex(input["seed"]!));
        var message = Hex(input["message"]!);
        var signature = account.Sign(message);
        var bent = signature.ToArray();
        if (input["flip"]?.GetValue<int>() is { } flip)
        {
            bent[flip >> 3] ^= (byte)(1 << (flip & 7));
        }

        return new()
        {
            ["address"] = account.PublicKey.ToString(),
            ["signature"] = signature.ToString(),
            ["verified"] =
                SignatureCheck.Verify(account.PublicKey, message, new(bent)) == SignatureVerdict.Valid,
        };
    }

    private static JsonObject Address(JsonObject input)
    {
        var text = new PublicKey(Hex(input["bytes"]!)).ToString();
        var read = PublicKey.Parse(text);
        return new()
        {
            ["text"] = text,
            ["bytes"] = Convert.ToHexStringLower(read.ToArray()),
            ["onCurve"] = read.IsOnCurve,
        };
    }

    private static JsonObject Pda(JsonObject input)
    {
        var found = ProgramAddress.Find(
            Key(input, "program"), [.. input["seeds"]!.AsArray().Select(seed => Hex(seed!))]);
        return new() { ["address"] = found.Address.ToString(), ["bump"] = (int)found.Bump };
    }

    private static JsonObject Message(JsonObject input)
    {
        var transaction = TransactionOf(input);
        var bytes = transaction.Serialize();
        var read = Transaction.Parse(bytes);
        return new()
        {
            ["transaction"] = Convert.ToBase64String(bytes),
            ["size"] = Transaction.SizeOf(transaction.Message),
            ["verified"] = Array(read.Verify().Select(verdict => (JsonNode)(verdict == SignatureVerdict.Valid))),
            ["read"] = Shown(read.Message),
        };
    }

    private static JsonObject Shown(Message message) => new()
    {
        ["version"] = message.Version == MessageVersion.Legacy ? "legacy" : 0,
        ["header"] = new JsonArray(message.SignerCount, message.ReadonlySignerCount, message.ReadonlyOtherCount),
        ["keys"] = Array(message.StaticKeys.Select(key => (JsonNode)key.ToString())),
        ["lifetime"] = message.Lifetime.ToString(),
        ["instructions"] = Array(message.Instructions.Select(call => (JsonNode)new JsonArray(
            (int)call.ProgramIndex, Numbers(call.AccountIndexes), Convert.ToHexStringLower(call.Data.AsSpan())))),
        ["lookups"] = Array(message.Lookups.Select(lookup => (JsonNode)new JsonArray(
            lookup.Table.ToString(), Numbers(lookup.WritableIndexes), Numbers(lookup.ReadonlyIndexes)))),
    };

    private static JsonObject Shown(TransactionInstruction call) => new()
    {
        ["program"] = call.ProgramId.ToString(),
        ["accounts"] = Array(call.Keys.Select(account => (JsonNode)new JsonArray(
            account.PublicKey.ToString(), (account.IsSigner ? 2 : 0) + (account.IsWritable ? 1 : 0)))),
        ["data"] = Convert.ToHexStringLower(call.Data.AsSpan()),
    };

    private static TransactionInstruction Call(JsonObject call) => new(
        Key(call, "program"),
        [
            .. call["accounts"]!.AsArray().Select(account => new AccountMeta(
                PublicKey.Parse(account![0]!.ToString()),
                IsSigner: account[1]!.GetValue<int>() >= 2,
                IsWritable: account[1]!.GetValue<int>() % 2 == 1)),
        ],
        [.. Hex(call["data"]!)]);

    private static TransactionInstruction Call(string name, JsonObject a) => name switch
    {
        "createAccount" => SystemProgram.CreateAccount(
            Key(a, "from"), Key(a, "created"), Number(a, "lamports"), Number(a, "space"), Key(a, "owner")),
        "transfer" => SystemProgram.Transfer(Key(a, "from"), Key(a, "to"), Number(a, "lamports")),
        "advanceNonce" => SystemProgram.AdvanceNonceAccount(Key(a, "nonce"), Key(a, "authority")),
        "withdrawNonce" => SystemProgram.WithdrawNonceAccount(
            Key(a, "nonce"), Key(a, "to"), Key(a, "authority"), Number(a, "lamports")),
        "initializeNonce" => SystemProgram.InitializeNonceAccount(Key(a, "nonce"), Key(a, "authority")),
        "authorizeNonce" => SystemProgram.AuthorizeNonceAccount(Key(a, "nonce"), Key(a, "authority"), Key(a, "to")),
        "transferChecked" => TokenProgram.TransferChecked(
            Key(a, "source"), Key(a, "destination"), Number(a, "amount"), Byte(a, "decimals"), Key(a, "authority"),
            Key(a, "mint")),
        "mintTo" => TokenProgram.MintTo(
            Key(a, "mint"), Key(a, "destination"), Number(a, "amount"), Key(a, "authority")),
        "burn" => TokenProgram.Burn(Key(a, "source"), Key(a, "mint"), Number(a, "amount"), Key(a, "authority")),
        "setAuthority" => TokenProgram.SetAuthority(
            Key(a, "account"), (AuthorityType)Byte(a, "type"), Key(a, "authority"), OptionalKey(a, "to")),
        "initializeMint2" => TokenProgram.InitializeMint2(
            Key(a, "mint"), Byte(a, "decimals"), Key(a, "authority"), OptionalKey(a, "to")),
        "createIdempotent" => AssociatedTokenAccountProgram.CreateIdempotent(
            Key(a, "payer"), Key(a, "account"), Key(a, "owner"), Key(a, "mint")),
        "memo" => MemoProgram.NewMemo(
            Text(a, "text"), [.. a["signers"]!.AsArray().Select(key => PublicKey.Parse(key!.ToString()))]),
        "computeLimit" => ComputeBudgetProgram.SetComputeUnitLimit((uint)a["units"]!.GetValue<long>()),
        "computePrice" => ComputeBudgetProgram.SetComputeUnitPrice(Number(a, "microLamports")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such instruction."),
    };

    private static JsonArray Numbers(IEnumerable<byte> values) => Array(values.Select(value => (JsonNode)(int)value));

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => new([.. nodes]);

    private static byte[] Hex(JsonNode node) => Convert.FromHexString(node.ToString());

    private static string Text(JsonObject from, string name) => from[name]!.ToString();

    private static PublicKey Key(JsonObject from, string name) => PublicKey.Parse(Text(from, name));

    private static PublicKey? OptionalKey(JsonObject from, string name) =>
        from[name] is null ? null : Key(from, name);

    private static ulong Number(JsonObject from, string name) =>
        ulong.Parse(Text(from, name), CultureInfo.InvariantCulture);

    private static byte Byte(JsonObject from, string name) => (byte)from[name]!.GetValue<int>();
}
