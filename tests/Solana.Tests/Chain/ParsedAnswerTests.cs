using System.Text.Json.Nodes;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.Chain;

/// <summary>
/// The local chain says of token accounts, instructions and memos what Solana's nodes say under <c>jsonParsed</c>: wallets
/// and explorers read nothing else.
/// </summary>
public class ParsedAnswerTests : RawNodeTest
{
    private static readonly object Parsed = new { encoding = "jsonParsed", commitment = "processed" };
    private static readonly object ParsedTransaction =
        new { encoding = "jsonParsed", commitment = "confirmed", maxSupportedTransactionVersion = 0 };

    private readonly PublicKey _reference = TestKeys.Address(77);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await MakeTokens();
    }

    [Fact]
    public async Task A_token_account_is_told_in_words_by_every_call_that_shows_it()
    {
        var told = (await RawAlpha.Ask("getAccountInfo", PayersTokens.ToString(), Parsed))!["value"]!["data"];
        AssertJson($$"""
            {"program":"spl-token","space":165,"parsed":{"type":"account","info":{
              "mint":"{{Mint.PublicKey}}","owner":"{{Payer.PublicKey}}","state":"initialized","isNative":false,
              "tokenAmount":{"amount":"1000000000","decimals":6,"uiAmount":1000,"uiAmountString":"1000"} } } }
            """, told);

        var many = await RawAlpha.Ask(
            "getMultipleAccounts", new[] { $"{PayersTokens}", $"{_reference}", $"{Payer.PublicKey}" }, Parsed);
        Assert.True(JsonNode.DeepEquals(told, many!["value"]![0]!["data"]));
        Assert.Null(many["value"]![1]);
        // Of an account that a node has no words for it shows the bytes.
        AssertJson("""["","base64"]""", many["value"]![2]!["data"]);

        var owned = await RawAlpha.Ask(
            "getTokenAccountsByOwner", $"{Payer.PublicKey}", new { mint = $"{Mint.PublicKey}" }, Parsed);
        Assert.True(JsonNode.DeepEquals(told, owned!["value"]![0]!["account"]!["data"]));

        var size = new { dataSize = 165 };
        var owner = new { memcmp = new { offset = 32, bytes = $"{Payer.PublicKey}" } };
        var all = await RawAlpha.Ask("getProgramAccounts", $"{TokenProgram.ProgramId}", new
        {
            encoding = "jsonParsed",
            commitment = "processed",
            filters = new object[] { size, owner },
        });
        Assert.Equal([$"{PayersTokens}"], all!.AsArray().Select(one => one!["pubkey"]!.ToString()));
        Assert.True(JsonNode.DeepEquals(told, all[0]!["account"]!["data"]));
    }

    [Fact]
    public async Task A_mint_is_told_in_words()
    {
        var told = await RawAlpha.Ask("getAccountInfo", $"{Mint.PublicKey}", Parsed);
        AssertJson($$"""
            {"program":"spl-token","space":82,"parsed":{"type":"mint","info":{
              "mintAuthority":"{{Payer.PublicKey}}","supply":"1000000000","decimals":6,"isInitialized":true,
              "freezeAuthority":null} } }
            """, told!["value"]!["data"]);
    }

    [Fact]
    public async Task Instructions_of_the_programs_that_a_payout_uses_are_told_in_words()
    {
        var signature = await Land(
            ComputeBudgetProgram.SetComputeUnitLimit(200_000),
            SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol),
            AssociatedTokenAccountProgram.CreateIdempotent(Payer.PublicKey, _reference, Mint.PublicKey),
            TokenProgram.TransferChecked(PayersTokens, OthersTokens, 1_500_000, 6, Payer.PublicKey, Mint.PublicKey),
            TokenProgram.MintTo(Mint.PublicKey, PayersTokens, 5, Payer.PublicKey),
            TokenProgram.Burn(PayersTokens, Mint.PublicKey, 7, Payer.PublicKey),
            MemoProgram.NewMemo("неделя 2025-W51"));
        var (payer, mint) = (Payer.PublicKey, Mint.PublicKey);
        var made = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(_reference, mint);

        var shown = await Shown(signature);
        var calls = shown["transaction"]!["message"]!["instructions"]!;
        // A node has no words for the budget.
        Assert.Equal(
            ["accounts", "data", "programId", "stackHeight"], calls[0]!.AsObject().Select(member => member.Key).Order());
        Told("system", "transfer", $$"""
            {"source":"{{payer}}","destination":"{{Other.PublicKey}}","lamports":{{Sol}} }
            """, 1);
        Told("spl-associated-token-account", "createIdempotent", $$"""
            {"source":"{{payer}}","account":"{{made}}","wallet":"{{_reference}}","mint":"{{mint}}",
             "systemProgram":"{{SystemProgram.ProgramId}}","tokenProgram":"{{TokenProgram.ProgramId}}"}
            """, 2);
        Told("spl-token", "transferChecked", $$"""
            {"source":"{{PayersTokens}}","mint":"{{mint}}","destination":"{{OthersTokens}}","authority":"{{payer}}",
             "tokenAmount":{"amount":"1500000","decimals":6,"uiAmount":1.5,"uiAmountString":"1.5"} }
            """, 3);
        Told("spl-token", "mintTo", $$"""
            {"mint":"{{mint}}","account":"{{PayersTokens}}","amount":"5","mintAuthority":"{{payer}}"}
            """, 4);
        Told("spl-token", "burn", $$"""
            {"account":"{{PayersTokens}}","mint":"{{mint}}","amount":"7","authority":"{{payer}}"}
            """, 5);
        Assert.Equal("spl-memo", calls[6]!["program"]!.ToString());
        Assert.Equal("неделя 2025-W51", calls[6]!["parsed"]!.ToString());

        // What the programs call in turn is told as well.
        var inner = Assert.Single(shown["meta"]!["innerInstructions"]!.AsArray())!;
        Assert.Equal(2, inner["index"]!.GetValue<int>());
        Assert.Equal(
            ["getAccountDataSize", "createAccount", "initializeImmutableOwner", "initializeAccount3"],
            inner["instructions"]!.AsArray().Select(call => call!["parsed"]!["type"]!.ToString()));

        void Told(string program, string type, string info, int place)
        {
            Assert.Equal(program, calls[place]!["program"]!.ToString());
            AssertJson($$"""{"type":"{{type}}","info":{{info}} }""", calls[place]!["parsed"]);
        }
    }

    // Whoever reads our payouts by what a node says must know it: the reference makes the payer a "multisig".
    [Fact]
    public async Task A_transfer_with_a_reference_shows_its_owner_as_a_multisig()
    {
        var signature = await Land(TokenProgram
            .TransferChecked(PayersTokens, OthersTokens, 1, 6, Payer.PublicKey, Mint.PublicKey).WithReference(_reference));
        var info = (await Shown(signature))["transaction"]!["message"]!["instructions"]![0]!["parsed"]!["info"]!;
        Assert.Null(info["authority"]);
        Assert.Equal($"{Payer.PublicKey}", info["multisigAuthority"]!.ToString());
        AssertJson($"""["{_reference}"]""", info["signers"]);
    }

    [Fact]
    public async Task Nonsense_that_landed_is_shown_as_it_is()
    {
        var failing = (await Builder()).AddInstruction(new(
            SystemProgram.ProgramId, [AccountMeta.Writable(Payer.PublicKey, isSigner: true)], [2, 0, 0])).Build(Payer);
        (await Alpha.SendTransaction(failing, new(SkipPreflight: true), default)).Required();
        var call = (await Shown(failing.Id))["transaction"]!["message"]!["instructions"]![0]!;
        Assert.Null(call["parsed"]);
        AssertJson($"""["{Payer.PublicKey}"]""", call["accounts"]);
    }

    [Fact]
    public async Task An_address_history_carries_the_memos()
    {
        var plain = await Land(SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol));
        var one = await Land(
            MemoProgram.NewMemo("неделя"), SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol));
        var two = await Land(
            MemoProgram.NewMemo("stk:a"), MemoProgram.NewMemo("b"),
            SystemProgram.Transfer(Payer.PublicKey, Other.PublicKey, Sol));
        await Finalize();

        var found = (await RawAlpha.Ask("getSignaturesForAddress", $"{Other.PublicKey}"))!.AsArray()
            .ToDictionary(each => each!["signature"]!.ToString(), each => each!["memo"]?.ToString());
        Assert.Null(found[$"{plain}"]);
        Assert.Equal("[12] неделя", found[$"{one}"]);
        Assert.Equal("[5] stk:a; [1] b", found[$"{two}"]);
    }

    // A text is not a number, whatever is written into it.
    [Fact]
    public async Task A_memo_that_looks_like_a_number_stays_a_text()
    {
        var signature = await Land(MemoProgram.NewMemo("\u00011234"));
        var call = (await Shown(signature))["transaction"]!["message"]!["instructions"]![0]!;
        Assert.Equal("\u00011234", call["parsed"]!.GetValue<string>());
    }

    [Fact]
    public async Task Token_accounts_are_found_by_mint_or_by_program_and_by_nothing_else()
    {
        var owner = $"{Payer.PublicKey}";
        Assert.Equal([$"{PayersTokens}"], await Found(new { programId = $"{TokenProgram.ProgramId}" }));
        Assert.Empty(await Found(new { programId = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb" }));
        Assert.Empty(await Found(new { mint = "So11111111111111111111111111111111111111112" }));

        Assert.Equal(
            (-32602, "Invalid params: invalid value: map, expected map with a single key."), await Refusal(new { }));
        Assert.Equal(
            (-32602, "Invalid params: unknown variant `owner`, expected `mint` or `programId`."),
            await Refusal(new { owner }));
        Assert.Equal(
            (-32602, "Invalid param: unrecognized Token program id"), await Refusal(new { programId = owner }));
        Assert.Equal((-32602, "Invalid param: not a Token mint"), await Refusal(new { mint = owner }));
        Assert.Equal((-32602, "Invalid param: could not find mint"), await Refusal(new { mint = $"{_reference}" }));
        Assert.Equal(-32602, (await RawAlpha.Refusal("getTokenAccountsByOwner", owner)).Code);

        async Task<IEnumerable<string>> Found(object filter) =>
            (await RawAlpha.Ask("getTokenAccountsByOwner", owner, filter, Parsed))!["value"]!.AsArray()
                .Select(one => one!["pubkey"]!.ToString());

        Task<(int, string)> Refusal(object filter) => RawAlpha.Refusal("getTokenAccountsByOwner", owner, filter, Parsed);
    }

    // 9: CloseAccount of SPL Token.
    [Fact]
    public async Task A_token_account_that_is_closed_is_listed_until_that_is_final()
    {
        await Finalize();
        await Land(
            TokenProgram.Burn(PayersTokens, Mint.PublicKey, 1_000_000_000, Payer.PublicKey),
            new TransactionInstruction(
                TokenProgram.ProgramId,
                [
                    AccountMeta.Writable(PayersTokens), AccountMeta.Writable(Payer.PublicKey),
                    AccountMeta.ReadOnly(Payer.PublicKey, isSigner: true)],
                [9]));
        Assert.Empty(await Listed("processed"));
        Assert.Equal([$"{PayersTokens}"], await Listed("finalized"));
        await Finalize();
        Assert.Empty(await Listed("finalized"));

        async Task<IEnumerable<string>> Listed(string commitment) =>
            (await RawAlpha.Ask(
                "getTokenAccountsByOwner", $"{Payer.PublicKey}", new { mint = $"{Mint.PublicKey}" },
                new { encoding = "base64", commitment }))!["value"]!.AsArray().Select(one => one!["pubkey"]!.ToString());
    }

    private async Task<JsonNode> Shown(Signature signature)
    {
        await Advance(3);
        return (await RawAlpha.Ask("getTransaction", $"{signature}", ParsedTransaction))!;
    }
}
