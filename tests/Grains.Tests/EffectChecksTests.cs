using System.Reflection;
using Stk.Grains.Vesting;
using Stk.Grains.Weeks;
using Stk.Ledger.Effects;
using Xunit;

namespace Stk.Grains.Tests;

/// <summary>What verification reads back, against what the actors post.</summary>
public sealed class EffectChecksTests
{
    [Fact]
    public void Each_kind_of_effect_has_one_check() =>
        Assert.Equal(Enum.GetValues<EffectKind>().Order(), EffectChecks.All.Select(check => check.Kind).Order());

    [Fact]
    public void Each_effect_declares_its_check_and_the_whole_list_has_it()
    {
        var declared = typeof(EffectChecks).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IEffect)))
            .Select(type => type.GetProperty("Check", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .ToHashSet();

        Assert.Equal(declared, EffectChecks.All.ToHashSet<object?>());
    }

    // Hashed and stored: these bytes are for ever.
    [Fact]
    public void The_weeks_effects_have_the_bytes_that_stored_journals_have()
    {
        Assert.Equal(
            "00031737" + "0000000000000007" + "00000004" + "706f7374" + "0000001e" + "0000000000000005",
            Convert.ToHexStringLower(GrantsEffect.Canonical(202551, [new(7, "post", 30, new(5))])));
        Assert.Equal(
            "00031737" + "00000003" + "00000001" + "00000002" + "000000000000000a" + "0000000000000014",
            Convert.ToHexStringLower(WeekPaymentsEffect.Canonical(202551, 3, 1, 2, 10, 20)));
    }
}
