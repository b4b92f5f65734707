using Stk.Rules.Revocations;

namespace Stk.Rules.Tests.Revocations;

public sealed class RevokedTokensTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_revoked_id_ends_one_token_and_no_other_of_its_subject()
    {
        var revoked = RevokedTokens.None.With([new(1, "a1", null, null, null)]);

        Assert.True(revoked.IsRevoked(new("a1", "ann", "participant", Noon)));
        Assert.False(revoked.IsRevoked(new("a2", "ann", "participant", Noon)));
        Assert.False(revoked.IsRevoked(new("A1", "ann", "participant", Noon)));
        Assert.False(revoked.IsRevoked(new(null, "ann", "participant", Noon)));
    }

    [Theory]
    [InlineData("ann", "participant", -1, true)]
    [InlineData("ann", "operator", -1, true)]
    [InlineData("ann", "participant", 0, false)]
    [InlineData("Ann", "participant", -1, false)]
    public void A_subjects_tokens_of_before_an_instant_end_in_every_role(
        string subject, string role, int seconds, bool isRevoked)
    {
        var revoked = RevokedTokens.None.With([new(1, null, "ann", null, Noon)]);

        Assert.Equal(isRevoked, revoked.IsRevoked(new("x", subject, role, Noon.AddSeconds(seconds))));
    }

    [Fact]
    public void A_role_that_is_named_ends_alone()
    {
        var revoked = RevokedTokens.None.With([new(1, null, "ann", "participant", Noon)]);

        Assert.True(revoked.IsRevoked(new("x", "ann", "participant", DateTimeOffset.MinValue)));
        Assert.False(revoked.IsRevoked(new("x", "ann", "operator", DateTimeOffset.MinValue)));
    }

    [Fact]
    public void An_earlier_instant_takes_nothing_back_and_a_repeat_changes_nothing()
    {
        var revoked = RevokedTokens.None
            .With([new(2, null, "ann", null, Noon), new(1, "a1", null, null, null)])
            .With([new(3, null, "ann", null, Noon.AddHours(-1)), new(2, null, "ann", null, Noon)]);

        Assert.Equal(3, revoked.Number);
        Assert.True(revoked.IsRevoked(new("x", "ann", "participant", Noon.AddMinutes(-1))));
    }

    [Theory]
    [InlineData("operator", 0, 12, false)]
    [InlineData("auditor", 0, 13, true)]
    [InlineData("operator", 24, 30, true)]
    [InlineData("operator", -11, 1, false)]
    [InlineData("operator", -12, 1, true)]
    [InlineData("operator", null, 1, true)]
    [InlineData("participant", 0, 10_000, false)]
    [InlineData("ingest", null, 10_000, false)]
    public void An_operators_token_lives_twelve_hours_at_most(
        string role, int? issuedHours, int expiresHours, bool isTooLong) =>
        Assert.Equal(isTooLong, TokenLife.IsTooLong(
            role, issuedHours is { } hours ? Noon.AddHours(hours) : null, Noon.AddHours(expiresHours), Noon,
            TimeSpan.FromSeconds(30)));
}
