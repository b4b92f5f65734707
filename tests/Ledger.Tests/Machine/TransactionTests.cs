using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Rules.Money;
using Xunit;

namespace Stk.Ledger.Tests.Machine;

public sealed class TransactionTests
{
    // A second implementation of the layout made these; they may never change.
    [Fact]
    public void The_content_hash_is_that_of_the_documented_layout()
    {
        var transaction = new Transaction(
            new Guid("00112233-4455-6677-8899-aabbccddeeff"), TransactionKind.Transfer, "2025-W51",
            [new(AccountId.Available(1), new(-5)), new(AccountId.Available(2), new(5))]);
        Assert.Equal("d4941e219a306afc1f73ff0e5f242e928a3cd60bad21aa7e79bbef1c1c81572f", transaction.ContentHash.ToString());
    }

    [Fact]
    public void The_effects_hash_does_not_depend_on_their_order()
    {
        var there = Sample.Transfer("lunch", 1, 2, 5, new Note("soup"), new Note("fish"));
        var back = Sample.Transfer("lunch", 1, 2, 5, new Note("fish"), new Note("soup"));
        Assert.Equal(there.ContentHash, back.ContentHash);
        Assert.NotNull(there.EffectsHash);
        Assert.Null(Sample.Transfer("lunch", 1, 2, 5).EffectsHash);
    }

    [Theory]
    [InlineData("thanks for lunch")]
    [InlineData("обед")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_reference_that_could_be_free_text_is_a_bug(string reference) =>
        Assert.Throws<ArgumentException>(() => new Transaction(Guid.NewGuid(), TransactionKind.Transfer, reference, []));

    [Fact]
    public void An_empty_id_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => new Transaction(Guid.Empty, TransactionKind.Transfer, "", []));
}
