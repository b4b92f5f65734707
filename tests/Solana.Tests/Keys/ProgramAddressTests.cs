using Stk.Solana.Keys;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.Keys;

public class ProgramAddressTests
{
    // The vectors of the runtime's own tests: solana-pubkey, test_create_program_address.
    [Fact]
    public void The_runtimes_own_vectors_come_out()
    {
        var program = PublicKey.Parse("BPFLoaderUpgradeab1e11111111111111111111111");
        var key = PublicKey.Parse("SeedPubey1111111111111111111111111111111111").ToArray();

        Assert.Equal(
            "BwqrghZA2htAcqq8dzP1WDAhTXYTYWj7CHxF5j7TDBAe",
            ProgramAddress.Create(program, [], [1]).ToString());
        Assert.Equal(
            "13yWmRpaTR4r5nAktwLqMpRNr28tnVUZw26rTvPSSB19",
            ProgramAddress.Create(program, "☉"u8.ToArray(), [0]).ToString());
        Assert.Equal(
            "2fnQrngrQT4SeLcdToJAD96phoEjNL2man2kfRLCASVk",
            ProgramAddress.Create(program, "Talking"u8.ToArray(), "Squirrels"u8.ToArray()).ToString());
        Assert.Equal(
            "976ymqVnfE32QFe6NfGDctSvVa36LWnvYxhU6G2232YL",
            ProgramAddress.Create(program, key, [1]).ToString());
    }

    [Fact]
    public void A_found_program_address_is_created_again_from_its_bump()
    {
        for (byte value = 0; value < 50; value++)
        {
            var found = ProgramAddress.Find(TokenProgram.ProgramId, [value], "vault"u8.ToArray());
            Assert.False(found.Address.IsOnCurve);
            Assert.Equal(
                found.Address,
                ProgramAddress.Create(TokenProgram.ProgramId, [value], "vault"u8.ToArray(), [found.Bump]));
        }
    }

    [Fact]
    public void A_seed_of_33_bytes_and_17_seeds_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ProgramAddress.Find(default, new byte[33]));
        Assert.Throws<ArgumentException>(() => ProgramAddress.Create(default, Seeds(17)));
        Assert.Throws<ArgumentException>(() => ProgramAddress.Find(default, Seeds(16)));
        Assert.False(ProgramAddress.Find(default, Seeds(15)).Address.IsOnCurve);

        static byte[][] Seeds(int count) => [.. Enumerable.Repeat(new byte[32], count)];
    }
}
