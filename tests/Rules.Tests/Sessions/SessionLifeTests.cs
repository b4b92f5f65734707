using Stk.Rules.Sessions;

namespace Stk.Rules.Tests.Sessions;

public sealed class SessionLifeTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 23, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("participant", 30 * 24 * 60, 7 * 24 * 60)]
    [InlineData("operator", 8 * 60, 30)]
    public void A_session_ends_at_its_end_and_when_it_has_stood_idle(string role, int longestMinutes, int idleMinutes)
    {
        var session = Of(role);
        var end = At.AddMinutes(longestMinutes);

        Assert.Equal(end, session.EndsAt);
        Assert.False(SessionLife.IsOver(session, At, At.AddMinutes(idleMinutes).AddTicks(-1)));
        Assert.True(SessionLife.IsOver(session, At, At.AddMinutes(idleMinutes)));
        Assert.False(SessionLife.IsOver(session, end.AddMinutes(-1), end.AddTicks(-1)));
        Assert.True(SessionLife.IsOver(session, end.AddMinutes(-1), end));
    }

    [Fact]
    public void What_is_stored_of_its_use_is_never_so_old_that_a_used_session_ends()
    {
        foreach (var role in new[] { "participant", "operator" })
        {
            var session = Of(role);
            var idle = SessionLife.Idle(role);

            Assert.False(SessionLife.IsDueToBeSeen(session, At, At.Add(idle / 30).AddTicks(-1)));
            Assert.True(SessionLife.IsDueToBeSeen(session, At, At.Add(idle / 30)));
        }
    }

    [Fact]
    public void A_secret_is_told_from_tokens_and_its_hash_is_not_it()
    {
        var secret = SessionSecret.Of(new byte[SessionSecret.Length]);

        Assert.True(SessionSecret.IsOne(secret));
        Assert.False(SessionSecret.IsOne("eyJhbGciOiJFUzI1NiJ9.e30.sig"));
        Assert.False(SessionSecret.IsOne(secret + new string('0', 100)));
        Assert.False(SessionSecret.IsOne(""));
        Assert.Equal(32, SessionSecret.Hash(secret).Length);
        Assert.NotEqual(SessionSecret.Hash(secret), SessionSecret.Hash(SessionSecret.Of([1, .. new byte[31]])));
    }

    private static Session Of(string role) => new(Guid.Empty, "ann", role, At, At + SessionLife.Longest(role));
}
