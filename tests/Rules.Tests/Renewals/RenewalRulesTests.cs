using Stk.Rules.Money;
using Stk.Rules.Renewals;
using Stk.Rules.Services;

namespace Stk.Rules.Tests.Renewals;

public sealed class RenewalRulesTests
{
    private static readonly RenewalView Good = new(
        ServiceState.Admitted, Amount.OfStk(10), 1, 1, Amount.OfStk(10), HasRecipients: true, IsSuspended: false,
        Amount.OfStk(10));

    [Fact]
    public void What_costs_no_more_than_was_agreed_to_and_is_there_is_paid() =>
        Assert.Equal((RenewalOutcome.Paid, null), RenewalRules.Decide(Good));

    [Fact]
    public void Each_thing_that_prevents_it_is_named_and_what_nobody_can_mend_comes_first()
    {
        var view = Good with { Available = new(9_999_999) };
        Assert.Equal((RenewalOutcome.InsufficientFunds, new Amount(1)), RenewalRules.Decide(view));
        view = view with { MaxPrice = new(9_999_999) };
        Assert.Equal((RenewalOutcome.PriceAboveMax, null), RenewalRules.Decide(view));
        view = view with { IsSuspended = true };
        Assert.Equal((RenewalOutcome.ParticipantSuspended, null), RenewalRules.Decide(view));
        view = view with { HasRecipients = false };
        Assert.Equal((RenewalOutcome.RecipientUnresolved, null), RenewalRules.Decide(view));
        view = view with { Months = 3 };
        Assert.Equal((RenewalOutcome.TermChanged, null), RenewalRules.Decide(view));
        Assert.Equal((RenewalOutcome.TermChanged, null), RenewalRules.Decide(view with { Months = null }));
        foreach (var state in new ServiceState?[] { ServiceState.Withdrawn, ServiceState.Proposed, null })
        {
            Assert.Equal((RenewalOutcome.ServiceWithdrawn, null), RenewalRules.Decide(view with { State = state }));
        }
    }

    [Theory]
    [InlineData(RenewalOutcome.InsufficientFunds, 3, "insufficient-funds")]
    [InlineData(RenewalOutcome.PriceAboveMax, 4, "price-above-max")]
    [InlineData(RenewalOutcome.ServiceWithdrawn, 5, "service-withdrawn")]
    [InlineData(RenewalOutcome.RecipientUnresolved, 6, "recipient-unresolved")]
    [InlineData(RenewalOutcome.ParticipantSuspended, 7, "participant-suspended")]
    [InlineData(RenewalOutcome.TermChanged, 8, "term-changed")]
    public void Stored_numbers_and_names_are_for_ever(RenewalOutcome outcome, short number, string because) =>
        Assert.Equal((number, because), ((short)outcome, outcome.Because()));

    [Fact]
    public void The_same_attempt_has_the_same_id_and_no_other_has_it()
    {
        var first = new Guid("6f1d3c1e-0000-4000-8000-000000000001");
        var ids = Enumerable.Range(1, 40).SelectMany(number => Enumerable.Range(0, 4)
            .Select(attempt => RenewalIds.Of(first, number, attempt))).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids[0], RenewalIds.Of(first, 1, 0));
    }
}
