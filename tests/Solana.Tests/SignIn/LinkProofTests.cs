using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.SignIn;

namespace Stk.Solana.Tests.SignIn;

public sealed class LinkProofTests : IDisposable
{
    private const string Text = """
        stk.example wants you to sign in with your Solana account:
        4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi

        Link this wallet to the STK account ann. Payouts to it are public on Solana for ever.

        URI: https://stk.example/
        Version: 1
        Chain ID: localnet
        Nonce: 0b54ad4c7c3c5f2e9a512f5a3a1b8f10
        Issued At: 2026-01-05T08:00:00.000Z
        Expiration Time: 2026-01-05T08:05:00.000Z
        """;

    // A guard of wallets: lighthouse.voyage.
    private static readonly PublicKey Guard = PublicKey.Parse("L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95");

    private readonly Account _wallet = Account.FromSeed(TestKeys.Seed(1));
    private readonly Account _other = Account.FromSeed(TestKeys.Seed(2));

    private byte[] Bytes { get; } = Encoding.UTF8.GetBytes(Text);

    public void Dispose()
    {
        _wallet.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_wallet_that_has_signed_the_text_is_linked_and_another_is_not()
    {
        Assert.Equal(SignatureVerdict.Valid, Message().Check(_wallet.PublicKey));
        Assert.Equal(SignatureVerdict.Wrong, Message().Check(_other.PublicKey));
        Assert.Equal(
            SignatureVerdict.Wrong,
            new LinkProof.OfMessage($"{Text} ", Message().Signature, null).Check(_wallet.PublicKey));
    }

    [Fact]
    public void A_flipped_bit_of_text_or_signature_is_no_proof() => Gen.Select(Gen.Int[0, 63], Gen.Int[0, 7])
        .Sample((place, bit) =>
        {
            var signature = _wallet.Sign(Bytes).ToArray();
            signature[place] ^= (byte)(1 << bit);
            Assert.NotEqual(
                SignatureVerdict.Valid,
                new LinkProof.OfMessage(Text, new Signature(signature).ToString(), null).Check(_wallet.PublicKey));
            var signed = Bytes;
            signed[place * 5] ^= (byte)(1 << bit);
            var other = new LinkProof.OfMessage(Text, _wallet.Sign(signed).ToString(), signed);
            Assert.Equal(SignatureVerdict.Wrong, other.Check(_wallet.PublicKey));
            signed[place * 5] ^= (byte)(1 << bit);
        });

    [Fact]
    public void A_second_form_of_a_signature_is_told()
    {
        // S + L: as good as S where nobody looks.
        byte[] order =
        [
            0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ];
        var signature = _wallet.Sign(Bytes).ToArray();
        var carry = 0;
        for (var place = 0; place < order.Length; place++)
        {
            var sum = signature[32 + place] + order[place] + carry;
            (signature[32 + place], carry) = ((byte)sum, sum >> 8);
        }

        Assert.Equal(
            SignatureVerdict.Malleable,
            new LinkProof.OfMessage(Text, new Signature(signature).ToString(), null).Check(_wallet.PublicKey));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_device_that_signs_the_text_in_its_envelope_has_signed_it(bool isLong)
    {
        var signed = Envelope(Bytes, isLong, _wallet.PublicKey);
        var proof = new LinkProof.OfMessage(Text, _wallet.Sign(signed).ToString(), signed);
        Assert.Equal(SignatureVerdict.Valid, proof.Check(_wallet.PublicKey));

        var longer = Envelope([.. Bytes, (byte)' '], isLong, _wallet.PublicKey);
        Assert.Equal(
            SignatureVerdict.Wrong,
            new LinkProof.OfMessage(Text, _wallet.Sign(longer).ToString(), longer).Check(_wallet.PublicKey));
        for (var length = 0; length < signed.Length; length++)
        {
            var cut = signed[..length];
            Assert.Equal(
                SignatureVerdict.Wrong,
                new LinkProof.OfMessage(Text, _wallet.Sign(cut).ToString(), cut).Check(_wallet.PublicKey));
        }
    }

    [Fact]
    public void An_envelope_that_others_are_to_sign_is_no_proof()
    {
        var signed = Envelope(Bytes, isLong: true, _other.PublicKey);
        Assert.Equal(
            SignatureVerdict.Wrong,
            new LinkProof.OfMessage(Text, _wallet.Sign(signed).ToString(), signed).Check(_wallet.PublicKey));
    }

    [Fact]
    public void A_wallet_that_has_signed_the_transaction_is_linked()
    {
        var asked = LinkTransaction.For(Text, _wallet.PublicKey);
        Assert.Equal(SignatureVerdict.Missing, Proof(asked).Check(_wallet.PublicKey));
        var signed = Transaction.Sign(asked.Message, _wallet);
        Assert.Equal(SignatureVerdict.Valid, Proof(signed).Check(_wallet.PublicKey));
        Assert.Equal(SignatureVerdict.Wrong, Proof(signed).Check(_other.PublicKey));
        Assert.True(signed.Size <= Transaction.PacketSize);
    }

    [Theory]
    [InlineData(MessageVersion.Legacy)]
    [InlineData(MessageVersion.V0)]
    public void What_a_wallet_puts_around_the_memo_changes_nothing(MessageVersion version)
    {
        var guard = new TransactionInstruction(Guard, [AccountMeta.Writable(_wallet.PublicKey, isSigner: true)], [1, 2, 3]);
        var signed = Asked(Text).SetVersion(version)
            .AddInstruction(ComputeBudgetProgram.SetComputeUnitLimit(20_000))
            .AddInstruction(ComputeBudgetProgram.SetComputeUnitPrice(10))
            .AddInstruction(MemoProgram.NewMemo(Text, _wallet.PublicKey))
            .AddInstruction(guard)
            .Build(_wallet);
        Assert.Equal(SignatureVerdict.Valid, Proof(signed).Check(_wallet.PublicKey));
    }

    [Fact]
    public void A_transaction_that_could_land_or_says_more_is_no_proof()
    {
        var memo = MemoProgram.NewMemo(Text, _wallet.PublicKey);
        var transactions = new Dictionary<string, Transaction>
        {
            ["a block's lifetime"] = new TransactionBuilder().SetFeePayer(_wallet.PublicKey)
                .SetRecentBlockHash(new(new byte[32])).AddInstruction(memo).Build(_wallet),
            ["another text's lifetime"] = Asked($"{Text} ").AddInstruction(memo).Build(_wallet),
            ["no memo"] = Asked(Text).AddInstruction(ComputeBudgetProgram.SetComputeUnitLimit(1)).Build(_wallet),
            ["two memos"] = Asked(Text).AddInstructions([memo, memo]).Build(_wallet),
            ["another memo beside it"] = Asked(Text)
                .AddInstructions([memo, MemoProgram.NewMemo("and more", _wallet.PublicKey)]).Build(_wallet),
            ["a longer memo"] = Asked(Text).AddInstruction(MemoProgram.NewMemo($"{Text} ")).Build(_wallet),
            ["another payer"] = new TransactionBuilder().SetFeePayer(_other.PublicKey)
                .SetRecentBlockHash(LinkTransaction.For(Text, _wallet.PublicKey).Message.Lifetime).AddInstruction(memo)
                .Build(_other, _wallet),
        };
        Assert.All(transactions, one => Assert.Equal(SignatureVerdict.Wrong, Proof(one.Value).Check(_wallet.PublicKey)));
    }

    [Fact]
    public void A_flipped_bit_of_the_transaction_is_no_proof()
    {
        var signed = Transaction.Sign(LinkTransaction.For(Text, _wallet.PublicKey).Message, _wallet).Serialize();
        for (var place = 0; place < signed.Length; place++)
        {
            var altered = (byte[])signed.Clone();
            altered[place] ^= 0x10;
            Assert.NotEqual(
                SignatureVerdict.Valid, new LinkProof.OfTransaction(Text, altered).Check(_wallet.PublicKey));
        }
    }

    [Fact]
    public void A_proof_is_stored_and_read_back_the_same()
    {
        var signed = Envelope(Bytes, isLong: true, _wallet.PublicKey);
        ImmutableArray<LinkProof> proofs =
        [
            Message(), new LinkProof.OfMessage(Text, _wallet.Sign(signed).ToString(), signed),
            Proof(Transaction.Sign(LinkTransaction.For(Text, _wallet.PublicKey).Message, _wallet)),
        ];
        Assert.All(proofs, proof =>
        {
            var read = LinkProof.Read(proof.ToJson());
            Assert.Equal(proof.ToJson(), read?.ToJson());
            Assert.Equal(Text, read?.Text);
            Assert.Equal(SignatureVerdict.Valid, read?.Check(_wallet.PublicKey));
        });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"form":"oath","text":"a"}""")]
    [InlineData("""{"form":"message","signature":"a"}""")]
    [InlineData("""{"form":"message","text":"a"}""")]
    [InlineData("""{"form":"transaction","text":"a"}""")]
    [InlineData("""{"form":"transaction","text":"a","transaction":"%"}""")]
    public void What_is_no_proof_is_read_as_none(string json) => Assert.Null(LinkProof.Read(json));

    private static LinkProof.OfTransaction Proof(Transaction transaction) => new(Text, transaction.Serialize());

    private LinkProof.OfMessage Message() => new(Text, _wallet.Sign(Bytes).ToString(), null);

    private TransactionBuilder Asked(string text) => new TransactionBuilder().SetFeePayer(_wallet.PublicKey)
        .SetRecentBlockHash(LinkTransaction.For(text, _wallet.PublicKey).Message.Lifetime);

    private static byte[] Envelope(byte[] text, bool isLong, PublicKey signer)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        byte[] head = [0xFF, .. "solana offchain"u8, 0];
        return isLong
            ? [.. head, .. new byte[32], 0, 1, .. signer.ToArray(), .. length, .. text]
            : [.. head, 0, .. length, .. text];
    }
}
