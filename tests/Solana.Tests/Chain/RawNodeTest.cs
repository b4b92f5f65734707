using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Stk.Solana.Keys;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.Chain;

/// <summary>A chain with a mint of 6 decimals, whose nodes are asked in plain JSON.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync.")]
public abstract class RawNodeTest : ChainTest
{
    protected static readonly object Confirmed = new { commitment = "confirmed" };
    protected static readonly object Processed = new { commitment = "processed" };

    private RawNode? _alpha;
    private RawNode? _beta;

    protected Account Mint { get; } = Account.FromSeed(TestKeys.Seed(3));

    protected PublicKey PayersTokens =>
        AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(Payer.PublicKey, Mint.PublicKey);

    protected PublicKey OthersTokens =>
        AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(Other.PublicKey, Mint.PublicKey);

    internal RawNode RawAlpha => _alpha ?? throw new InvalidOperationException("Not started.");

    internal RawNode RawBeta => _beta ?? throw new InvalidOperationException("Not started.");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (_alpha, _beta) = (new(Chain.Nodes[0].Url), new(Chain.Nodes[1].Url));
    }

    public override async Task DisposeAsync()
    {
        _alpha?.Dispose();
        _beta?.Dispose();
        Mint.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>The mint, the payer's and the other's token account, and 1,000 tokens in the payer's.</summary>
    protected async Task<Signature> MakeTokens()
    {
        var rent = (await Alpha.GetMinimumBalanceForRentExemption(MintAccount.Size, default)).Required();
        var made = (await Builder())
            .AddInstruction(SystemProgram.CreateAccount(
                Payer.PublicKey, Mint.PublicKey, rent, MintAccount.Size, TokenProgram.ProgramId))
            .AddInstruction(TokenProgram.InitializeMint2(Mint.PublicKey, 6, Payer.PublicKey, freezeAuthority: null))
            .AddInstruction(AssociatedTokenAccountProgram.CreateIdempotent(
                Payer.PublicKey, Payer.PublicKey, Mint.PublicKey))
            .AddInstruction(AssociatedTokenAccountProgram.CreateIdempotent(
                Payer.PublicKey, Other.PublicKey, Mint.PublicKey))
            .AddInstruction(TokenProgram.MintTo(Mint.PublicKey, PayersTokens, 1_000_000_000, Payer.PublicKey))
            .Build(Payer, Mint);
        return (await Send(Alpha, made)).Required();
    }

    /// <summary>Both as JSON, member for member.</summary>
    protected static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), actual),
            $"expected {JsonNode.Parse(expected)?.ToJsonString()}\nactual   {actual?.ToJsonString()}");
}
