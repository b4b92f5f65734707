using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.Programs;

/// <summary>Vectors written from the specification, for what the recorded cases do not cover.</summary>
public class AccountLayoutTests
{
    private static readonly byte[] Ones = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] Twos = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public void A_mint_is_read_from_its_82_bytes()
    {
        byte[] bytes = [1, 0, 0, 0, .. Ones, 0x15, 0xcd, 0x5b, 7, 0, 0, 0, 0, 6, 1, 0, 0, 0, 0, .. new byte[32]];
        Assert.Equal(
            new MintAccount(new PublicKey(Ones), 123_456_789, 6, FreezeAuthority: null), MintAccount.TryParse(bytes));

        bytes[45] = 0;
        Assert.Null(MintAccount.TryParse(bytes));
        bytes[45] = 1;
        bytes[0] = 2;
        Assert.Null(MintAccount.TryParse(bytes));
        Assert.Null(MintAccount.TryParse(bytes.AsSpan(1)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_token_account_is_read_from_its_165_bytes(byte state, bool isFrozen)
    {
        byte[] bytes = [.. Ones, .. Twos, 5, 0, 0, 0, 0, 0, 0, 1, .. new byte[36], state, .. new byte[56]];
        Assert.Equal(
            new TokenAccount(new(Ones), new(Twos), (1UL << 56) + 5, isFrozen), TokenAccount.TryParse(bytes));

        bytes[108] = 0;
        Assert.Null(TokenAccount.TryParse(bytes));
        Assert.Null(TokenAccount.TryParse(new byte[165]));
        Assert.Null(TokenAccount.TryParse(bytes.AsSpan(1)));
    }

    [Fact]
    public void A_nonce_is_read_from_its_80_bytes()
    {
        byte[] bytes = [1, 0, 0, 0, 1, 0, 0, 0, .. Ones, .. Twos, 0x88, 0x13, 0, 0, 0, 0, 0, 0];
        Assert.Equal(new NonceAccount(new(Ones), new(Twos), 5_000), NonceAccount.TryParse(bytes));

        bytes[4] = 0;
        Assert.Null(NonceAccount.TryParse(bytes));
    }

    [Fact]
    public void A_lookup_table_is_made_and_filled_as_specified()
    {
        var (authority, payer) = (new PublicKey(Ones), new PublicKey(Twos));
        var (create, table) = AddressLookupTableProgram.CreateLookupTable(authority, payer, recentSlot: 258);
        var expected = ProgramAddress.Find(
            AddressLookupTableProgram.ProgramId, Ones, [2, 1, 0, 0, 0, 0, 0, 0]);
        Assert.Equal(expected.Address, table);
        Assert.Equal([0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, expected.Bump], create.Data.AsEnumerable());
        Assert.Equal(
            [
                AccountMeta.Writable(table), AccountMeta.ReadOnly(authority, isSigner: true),
                AccountMeta.Writable(payer, isSigner: true), AccountMeta.ReadOnly(SystemProgram.ProgramId),
            ],
            create.Keys.AsEnumerable());

        var extend = AddressLookupTableProgram.ExtendLookupTable(table, authority, payer, [authority, payer]);
        Assert.Equal([2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, .. Ones, .. Twos], extend.Data.AsEnumerable());
    }

    [Fact]
    public void A_reference_is_a_read_only_key_behind_all_others()
    {
        var transfer = TokenProgram.TransferChecked(new(Ones), new(Twos), 1, 6, default, default);
        var found = transfer.WithReference(new(Twos));
        Assert.Equal([.. transfer.Keys, AccountMeta.ReadOnly(new(Twos))], found.Keys.AsEnumerable());
        Assert.Equal(transfer.Data, found.Data.AsEnumerable());
    }
}
