using CsCheck;
using Stk.Settlement.Deposits;

namespace Stk.Settlement.Tests.Deposits;

public class DepositMemoTests
{
    private static readonly Gen<(long Participant, int Place, char Letter)> Slips =
        Gen.Select(Gen.Long[1, long.MaxValue], Gen.Int[0, 1_000], Gen.Char.AlphaNumeric);

    [Fact]
    public void It_names_its_participant_and_no_slip_names_another() => Slips.Sample((participant, where, letter) =>
    {
        var memo = DepositMemo.Of(TestBatch.Mint, participant);
        Assert.True(DepositMemo.TryRead(TestBatch.Mint, $" {memo.ToUpperInvariant()}\n", out var read));
        Assert.Equal(participant, read);

        var place = where % memo.Length;
        var slip = string.Concat(memo.AsSpan(0, place), letter.ToString(), memo.AsSpan(place + 1));
        Assert.True(
            !DepositMemo.TryRead(TestBatch.Mint, slip, out var named) || named == participant,
            $"{slip} names {named}, and was {memo}");
        Assert.False(DepositMemo.TryRead(TestBatch.Address(1), memo, out _));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("stk-")]
    [InlineData("stk-17")]
    [InlineData("stk-17-")]
    [InlineData("stk-0-00000000")]
    [InlineData("stk--1-00000000")]
    [InlineData("17-17-17")]
    [InlineData("\0")]
    public void What_is_none_names_nobody(string? memo) => Assert.False(DepositMemo.TryRead(TestBatch.Mint, memo, out _));
}
