using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.RuleBooks;
using Stk.Rules.Spending;

namespace Stk.Rules.Tests.RuleBooks;

public class RuleBookSectionsTests
{
    [Fact]
    public void All_that_this_build_writes_it_says_it_knows()
    {
        var source = RuleBook.FromTheSource;
        var full = new RuleBook(
            1, source.Activities, source.Levels, source.Consistency, source.EmissionSharesBp,
            SpendingRules.Default with { TransferFeeBp = 1 }, new(TotalTimes: Coefficient.One), new VestingRules([]),
            InactivityRules.Default with { Rates = [] }, SettlementRules.Default with { PaidAccounts = 2 });

        Assert.Equal<string>(RuleBookSections.Known, Of(full));
    }

    [Fact]
    public void A_rule_book_that_says_what_silence_says_has_no_section_that_is_new()
    {
        Assert.Empty(Of(RuleBook.FromTheSource).Except(RuleBookSections.OfSilence));
        Assert.Empty(RuleBookSections.OfSilence.Except(RuleBookSections.Known));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"\ud800":1}""")]
    public void What_has_no_section_has_none(string document)
    {
        using var json = JsonDocument.Parse(document);
        Assert.Empty(RuleBookSections.Of(json.RootElement));
    }

    [Fact]
    public void A_section_that_one_knows_is_held_against_all_who_do_not()
    {
        var gaps = RuleBookSections.Gaps(
            ["levels", "bounds", "quarters", "bonds", "bounds"],
            new Dictionary<string, ImmutableArray<string>>
            {
                ["10.0.0.12:11111"] = ["levels"],
                ["10.0.0.11:11111"] = ["levels"],
                ["10.0.0.13:11111"] = ["levels", "bounds"],
                ["10.0.0.14:11111"] = ["levels", "bounds", "quarters"],
            });

        // Nobody knows bonds: that is no matter of builds.
        Assert.Equal(
            [
                "the section bounds is not known to 10.0.0.11:11111, 10.0.0.12:11111",
                "the section quarters is not known to 10.0.0.11:11111, 10.0.0.12:11111, 10.0.0.13:11111",
            ],
            gaps.Select(gap => gap.ToString()));
    }

    [Fact]
    public void What_all_know_is_held_against_nobody() => Assert.Empty(RuleBookSections.Gaps(
        ["bounds"], new Dictionary<string, ImmutableArray<string>> { ["a"] = ["bounds"], ["b"] = ["bounds", "quarters"] }));

    private static ImmutableArray<string> Of(RuleBook book)
    {
        using var json = JsonDocument.Parse(RuleBookJson.Write(book));
        return RuleBookSections.Of(json.RootElement);
    }
}
