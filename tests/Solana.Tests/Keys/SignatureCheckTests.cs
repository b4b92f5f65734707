using System.Numerics;
using Stk.Solana.Keys;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.Keys;

public class SignatureCheckTests
{
    private static readonly byte[] Message = "pay ann"u8.ToArray();

    private static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", provider: null);

    [Fact]
    public void A_signature_with_the_order_added_is_malleable_and_refused()
    {
        using var account = Account.FromSeed(TestKeys.Seed(1));
        var bytes = account.Sign(Message).ToArray();
        var scalar = new BigInteger(bytes.AsSpan(32), isUnsigned: true) + Order;
        bytes.AsSpan(32).Clear();
        scalar.TryWriteBytes(bytes.AsSpan(32), out _, isUnsigned: true);

        Assert.Equal(SignatureVerdict.Malleable, SignatureCheck.Verify(account.PublicKey, Message, new(bytes)));
    }

    [Fact]
    public void The_order_itself_is_malleable_and_one_less_is_only_wrong()
    {
        using var account = Account.FromSeed(TestKeys.Seed(1));
        var bytes = account.Sign(Message).ToArray();
        Order.TryWriteBytes(bytes.AsSpan(32), out _, isUnsigned: true);
        Assert.Equal(SignatureVerdict.Malleable, SignatureCheck.Verify(account.PublicKey, Message, new(bytes)));

        (Order - 1).TryWriteBytes(bytes.AsSpan(32), out _, isUnsigned: true);
        Assert.Equal(SignatureVerdict.Wrong, SignatureCheck.Verify(account.PublicKey, Message, new(bytes)));
    }

    [Fact]
    public void All_zeros_are_a_missing_signature()
    {
        using var account = Account.FromSeed(TestKeys.Seed(1));
        Assert.Equal(
            SignatureVerdict.Missing, SignatureCheck.Verify(account.PublicKey, Message, new(new byte[64])));
    }

    [Fact]
    public void All_zeros_verify_nothing_even_under_the_key_of_all_zeros() =>
        Assert.NotEqual(SignatureVerdict.Valid, SignatureCheck.Verify(default, Message, Signature.Missing));

    // y = 1 is the neutral point: under it, R = 1 and S = 0 satisfy the equation for every message.
    [Fact]
    public void A_key_of_small_order_signs_nothing()
    {
        byte[] neutral = [1, .. new byte[31]];
        var forged = new Signature([.. neutral, .. new byte[32]]);
        Assert.Equal(SignatureVerdict.Wrong, SignatureCheck.Verify(new(neutral), Message, forged));
    }

    [Fact]
    public void A_program_derived_address_cannot_have_signed()
    {
        using var account = Account.FromSeed(TestKeys.Seed(1));
        var derived = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(account.PublicKey, default);
        Assert.Equal(
            SignatureVerdict.KeyOffCurve, SignatureCheck.Verify(derived, Message, account.Sign(Message)));
    }

    [Fact]
    public void Another_message_another_key_and_one_bit_are_all_told()
    {
        using var account = Account.FromSeed(TestKeys.Seed(1));
        using var other = Account.FromSeed(TestKeys.Seed(2));
        var signature = account.Sign(Message);
        var bent = signature.ToArray();
        bent[3] ^= 1;

        Assert.Equal(SignatureVerdict.Wrong, SignatureCheck.Verify(account.PublicKey, "pay bob"u8, signature));
        Assert.Equal(SignatureVerdict.Wrong, SignatureCheck.Verify(other.PublicKey, Message, signature));
        Assert.Equal(SignatureVerdict.Wrong, SignatureCheck.Verify(account.PublicKey, Message, new(bent)));
    }
}
