using CsCheck;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.Messages;

public sealed class TransactionTests : IDisposable
{
    private static readonly Blockhash Recent = new([.. Enumerable.Repeat((byte)7, 32)]);

    private readonly Account _payer = Account.FromSeed(TestKeys.Seed(1));
    private readonly Account _other = Account.FromSeed(TestKeys.Seed(2));

    public void Dispose()
    {
        _payer.Dispose();
        _other.Dispose();
    }

    // Written from the specification by hand: header, keys, blockhash, one System transfer.
    [Fact]
    public void A_transfer_of_lamports_has_the_bytes_of_the_specification()
    {
        var message = Transfer().BuildMessage();
        byte[] expected =
        [
            1, 0, 1,
            3, .. _payer.PublicKey.ToArray(), .. _other.PublicKey.ToArray(), .. new byte[32],
            .. Enumerable.Repeat((byte)7, 32),
            1, 2, 2, 0, 1, 12, 2, 0, 0, 0, 0x40, 0xe2, 1, 0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, message.Serialize());
    }

    [Fact]
    public void The_size_is_known_before_signing()
    {
        var builder = Transfer();
        Assert.Equal(builder.Build(_payer).Serialize().Length, Transaction.SizeOf(builder.BuildMessage()));
    }

    [Fact]
    public void A_packet_takes_1232_bytes_and_not_one_more()
    {
        var empty = Transaction.SizeOf(Memo("").BuildMessage());
        // A memo of 128 bytes and more takes one byte more for its length.
        var room = Transaction.PacketSize - empty - 1;
        var full = Memo(new string('m', room)).Build(_payer);
        Assert.Equal(Transaction.PacketSize, full.Serialize().Length);
        Assert.Equal(full.Id, Transaction.Parse(full.Serialize()).Id);

        var flaw = Assert.Throws<ArgumentException>(() => Memo(new string('m', room + 1)).Build(_payer));
        Assert.Contains("1233 bytes, 1 more", flaw.Message, StringComparison.Ordinal);
        Assert.False(Transaction.TryParse(new byte[Transaction.PacketSize + 1], out _, out var refused));
        Assert.Contains("1233 bytes", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signer_too_few_or_too_many_is_named()
    {
        var missing = Assert.Throws<ArgumentException>(() => Transfer().Build());
        Assert.Contains($"{_payer.PublicKey} has not signed", missing.Message, StringComparison.Ordinal);
        var spare = Assert.Throws<ArgumentException>(() => Transfer().Build(_payer, _other));
        Assert.Contains($"{_other.PublicKey} is not asked", spare.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_called_can_neither_pay_nor_be_written()
    {
        var call = new TransactionInstruction(_other.PublicKey, [AccountMeta.Writable(_other.PublicKey)], []);
        Assert.Throws<ArgumentException>(() => Builder().AddInstruction(call).BuildMessage());
        Assert.Throws<ArgumentException>(() =>
            Builder().SetFeePayer(_other.PublicKey).AddInstruction(call with { Keys = [] }).BuildMessage());
    }

    [Fact]
    public void An_account_takes_the_most_that_any_instruction_asks_of_it()
    {
        var shared = _other.PublicKey;
        var message = Builder()
            .AddInstruction(new(TokenProgram.ProgramId, [AccountMeta.ReadOnly(shared)], []))
            .AddInstruction(new(TokenProgram.ProgramId, [AccountMeta.Writable(shared)], []))
            .AddInstruction(new(TokenProgram.ProgramId, [AccountMeta.ReadOnly(shared, isSigner: true)], []))
            .BuildMessage();

        Assert.Equal([_payer.PublicKey, shared], message.Signers.AsEnumerable());
        Assert.Equal((2, 0, 1), (message.SignerCount, message.ReadonlySignerCount, message.ReadonlyOtherCount));
    }

    [Fact]
    public void A_nonce_takes_the_blockhashs_place_and_is_advanced_first()
    {
        var nonce = new NonceInfo(
            new([.. Enumerable.Repeat((byte)3, 32)]), _payer.PublicKey, new([.. Enumerable.Repeat((byte)9, 32)]));
        var message = Builder()
            .AddInstruction(SystemProgram.Transfer(_payer.PublicKey, _other.PublicKey, 1))
            .SetNonceInformation(nonce)
            .BuildMessage();

        Assert.Equal(nonce.Value, message.Lifetime);
        Assert.Equal([4, 0, 0, 0], message.Instructions[0].Data.AsEnumerable());
        Assert.Equal(
            [nonce.Account, SystemProgram.RecentBlockhashes, _payer.PublicKey],
            message.Instructions[0].AccountIndexes.Select(index => message.StaticKeys[index]));
    }

    [Fact]
    public void A_lookup_table_gives_what_neither_signs_nor_is_called()
    {
        var table = new LookupTable(
            new([.. Enumerable.Repeat((byte)5, 32)]),
            [_payer.PublicKey, _other.PublicKey, TokenProgram.ProgramId, SystemProgram.Rent]);
        var message = Builder()
            .AddInstruction(new(
                TokenProgram.ProgramId,
                [AccountMeta.Writable(_other.PublicKey), AccountMeta.ReadOnly(SystemProgram.Rent)],
                []))
            .AddLookupTable(table)
            .BuildMessage();

        Assert.Equal([_payer.PublicKey, TokenProgram.ProgramId], message.StaticKeys.AsEnumerable());
        var lookup = Assert.Single(message.Lookups);
        Assert.Equal(table.Address, lookup.Table);
        Assert.Equal([1], lookup.WritableIndexes.AsEnumerable());
        Assert.Equal([3], lookup.ReadonlyIndexes.AsEnumerable());
        Assert.Equal([2, 3], message.Instructions[0].AccountIndexes.AsEnumerable());
    }

    [Fact]
    public void Verification_names_each_signature()
    {
        var signed = Builder()
            .AddInstruction(SystemProgram.Transfer(_other.PublicKey, _payer.PublicKey, 1))
            .Build(_payer, _other);
        Assert.Equal([SignatureVerdict.Valid, SignatureVerdict.Valid], signed.Verify().AsEnumerable());

        var swapped = signed with { Signatures = [signed.Signatures[1], Signature.Missing] };
        Assert.Equal([SignatureVerdict.Wrong, SignatureVerdict.Missing], swapped.Verify().AsEnumerable());
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "no signer", "00" + "000000" },
        { "a fee payer that is read-only", "01" + new string('0', 128) + "010100" + "01" + new string('0', 128) + "00" },
        { "an account twice", "01" + new string('0', 128) + "010000" + "02" + new string('0', 192) + "00" },
        { "bytes behind the end", "01" + new string('0', 128) + "010000" + "01" + new string('0', 128) + "00" + "00" },
        { "a call of the fee payer", "01" + new string('0', 128) + "010000" + "01" + new string('0', 128) + "01" + "000000" },
        { "a program that is not there", "01" + new string('0', 128) + "010000" + "01" + new string('0', 128) + "01" + "010000" },
        { "more signers than keys", "02" + new string('0', 256) + "020000" + "01" + new string('0', 128) + "00" },
        { "signatures that the message does not ask for", "02" + new string('0', 256) + "010000" + "01" + new string('0', 128) + "00" },
        { "a length in a second form", "8100" + new string('0', 128) + "010000" + "01" + new string('0', 128) + "00" },
        { "version 1", "01" + new string('0', 128) + "81010000" + "01" + new string('0', 128) + "0000" },
        { "a lookup of nothing", "01" + new string('0', 128) + "80010000" + "01" + new string('0', 128) + "00" + "01" + new string('0', 64) + "0000" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Bytes_that_the_chain_would_not_take_are_refused(string what, string bytes)
    {
        Assert.False(Transaction.TryParse(Convert.FromHexString(bytes), out _, out var flaw), what);
        Assert.NotEmpty(flaw);
    }

    [Fact]
    public void The_same_bytes_without_the_fault_are_taken() =>
        Assert.True(Transaction.TryParse(
            Convert.FromHexString("01" + new string('0', 128) + "010000" + "01" + new string('0', 128) + "00"), out _, out _));

    [Fact]
    public void A_transaction_cut_anywhere_is_refused()
    {
        var bytes = Transfer().Build(_payer).Serialize();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(Transaction.TryParse(bytes.AsSpan(0, length), out _, out _));
        }
    }

    // One bit or byte off: either refused, or read as exactly what it says.
    [Fact]
    public void A_transaction_read_from_altered_bytes_is_written_back_the_same()
    {
        var bytes = Memo("hello").Build(_payer).Serialize();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample(
            (first, firstValue, second, secondValue) =>
            {
                var altered = bytes.ToArray();
                altered[first] = firstValue;
                altered[second] = secondValue;
                return !Transaction.TryParse(altered, out var parsed, out _)
                    || parsed.Serialize().AsSpan().SequenceEqual(altered);
            });
    }

    private TransactionBuilder Builder() =>
        new TransactionBuilder().SetFeePayer(_payer.PublicKey).SetRecentBlockHash(Recent);

    private TransactionBuilder Transfer() =>
        Builder().AddInstruction(SystemProgram.Transfer(_payer.PublicKey, _other.PublicKey, 123_456));

    private TransactionBuilder Memo(string text) =>
        Builder().AddInstruction(MemoProgram.NewMemo(text, _payer.PublicKey));
}
