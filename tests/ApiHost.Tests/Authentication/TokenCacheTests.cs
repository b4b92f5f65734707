using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Stk.ApiHost.Tests.Hosting;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Tests.Authentication;

/// <summary>A token that was checked once is believed again, and no other, and no longer than it says.</summary>
public sealed class TokenCacheTests
{
    private const string Path = ApiHostUnderTest.Root + "/balance";

    private static readonly DateTimeOffset Start = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly TokenValidationResult Valid = new() { IsValid = true };

    private readonly ManualTime _time = new(Start);

    [Fact]
    public void A_token_is_known_to_its_last_instant_and_not_a_moment_longer()
    {
        var cache = new TokenCache<TokenValidationResult>(_time, capacity: 10);
        cache.Keep("token", Valid, Start, Start.AddMinutes(5));

        Assert.Same(Valid, cache.Find("token"));
        _time.Pass(TimeSpan.FromMinutes(5));
        Assert.Same(Valid, cache.Find("token"));
        _time.Pass(TimeSpan.FromTicks(1));
        Assert.Null(cache.Find("token"));
    }

    [Fact]
    public void A_token_is_not_known_before_its_time_where_a_clock_went_back()
    {
        var cache = new TokenCache<TokenValidationResult>(_time, capacity: 10);
        cache.Keep("token", Valid, Start, Start.AddMinutes(5));

        _time.Pass(TimeSpan.FromTicks(-1));

        Assert.Null(cache.Find("token"));
    }

    [Theory]
    [InlineData("tokem")]
    [InlineData("token ")]
    [InlineData("Token")]
    [InlineData("")]
    public void A_token_that_differs_from_the_cached_one_is_not_found(string other)
    {
        var cache = new TokenCache<TokenValidationResult>(_time, capacity: 10);
        cache.Keep("token", Valid, Start, Start.AddMinutes(5));

        Assert.Null(cache.Find(other));
    }

    [Fact]
    public void A_token_cache_stays_within_its_capacity_and_keeps_tokens_in_use()
    {
        var cache = new TokenCache<TokenValidationResult>(_time, capacity: 10);
        cache.Keep("in use", Valid, Start, Start.AddMinutes(5));
        for (var number = 0; number < 1_000; number++)
        {
            cache.Keep($"passing {number}", Valid, Start, Start.AddMinutes(5));
            Assert.Same(Valid, cache.Find("in use"));
            Assert.InRange(cache.Count, 1, 10);
        }

        Assert.Null(cache.Find("passing 0"));
    }

    [Fact]
    public async Task A_token_altered_anywhere_is_refused_also_after_the_good_one_has_passed()
    {
        await using var host = await ApiHostUnderTest.Start();
        var good = host.Keys.Token("participant");
        Assert.Equal(HttpStatusCode.OK, (await host.Get(Path, good)).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get(Path, good)).Status);

        var parts = good.Split('.');
        // The last character of a part may have bits that mean nothing: the one before it has none.
        foreach (var place in new[] { 3, parts[0].Length + 5, good.Length - 40, good.Length - 2 })
        {
            var altered = good[..place] + (good[place] == 'A' ? 'B' : 'A') + good[(place + 1)..];
            (await host.Get(Path, altered)).Problem(401, "token-invalid");
        }

        Assert.Equal(HttpStatusCode.OK, (await host.Get(Path, good)).Status);
        Assert.Equal(1, host.Services.GetRequiredService<TokenCache<TokenValidationResult>>().Count);
    }

    [Fact]
    public async Task A_token_that_ends_while_it_is_known_is_refused()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        using var keys = new TestKeys();
        var cache = new TokenCache<TokenValidationResult>(time, capacity: 10);
        var tokens = new CachedTokens(cache) { MapInboundClaims = false };
        var rules = TokenRules.Parameters(TokenKeys.Read(keys.Directory));
        // Ended 20 s ago: within the skew of 30 s, and so good for 10 s more.
        var token = keys.Sign(new() { ["sub"] = "ann", ["role"] = "participant" }, TimeSpan.FromSeconds(-20));
        Assert.True((await tokens.ValidateTokenAsync(token, rules)).IsValid);
        Assert.NotNull(cache.Find(token));

        time.Pass(TimeSpan.FromSeconds(11));

        Assert.Null(cache.Find(token));
    }

    [Fact]
    public async Task What_a_refused_token_says_is_not_kept()
    {
        using var keys = new TestKeys();
        var cache = new TokenCache<TokenValidationResult>(TimeProvider.System, capacity: 10);
        var tokens = new CachedTokens(cache) { MapInboundClaims = false };
        var rules = TokenRules.Parameters(TokenKeys.Read(keys.Directory));
        var ended = keys.Sign(new() { ["sub"] = "ann", ["role"] = "participant" }, TimeSpan.FromSeconds(-31));

        Assert.False((await tokens.ValidateTokenAsync(ended, rules)).IsValid);

        Assert.Equal(0, cache.Count);
    }
}
