using Stk.Settlement.Reserves;

namespace Stk.Settlement.Tests.Reserves;

public class ReserveCheckTests
{
    // 1,000 minted, 100 burned, 300 paid, of which 50 have come back and 10 were sent back again.
    private static readonly ReserveFacts Facts = new(
        Supply: 900, Vault: 600, PayoutFloat: 40, Minted: 1_000, Burned: 100, Paid: 300, Arrived: 50, Returned: 10, Left: 0,
        Missing: 0, Beyond: 0, InFlight: 0);

    [Fact]
    public void What_is_known_is_what_is_there()
    {
        Assert.Equal(new(Outside: 260, 0, 0, 0, 0), ReserveCheck.Of(Facts));
        Assert.False(ReserveCheck.Of(Facts).IsNew);
    }

    [Fact]
    public void What_holders_burn_is_shown_and_is_no_difference() =>
        Assert.Equal(new(Outside: 253, BurnedByHolders: 7, 0, 0, 0), ReserveCheck.Of(Facts with { Supply = 893 }));

    [Fact]
    public void What_is_on_its_way_may_have_left() =>
        Assert.False(ReserveCheck.Of(Facts with { PayoutFloat = 15, InFlight = 25 }).IsNew);

    [Fact]
    public void What_is_gone_too_much_or_never_minted_is_named_once()
    {
        var gone = ReserveCheck.Of(Facts with { PayoutFloat = 15, InFlight = 20 });
        var many = ReserveCheck.Of(Facts with { PayoutFloat = 43 });
        var forged = ReserveCheck.Of(Facts with { Supply = 904 });

        Assert.Equal((5, 0, 0), ((int)gone.NewlyMissing, (int)gone.NewlyBeyond, (int)gone.Surplus));
        Assert.Equal((0, 0, 3), ((int)many.NewlyMissing, (int)many.NewlyBeyond, (int)many.Surplus));
        Assert.Equal((0, 4, 0), ((int)forged.NewlyMissing, (int)forged.NewlyBeyond, (int)forged.Surplus));
        Assert.False(ReserveCheck.Of(Facts with { PayoutFloat = 15, InFlight = 20, Missing = 5 }).IsNew);
        Assert.False(ReserveCheck.Of(Facts with { Supply = 904, Beyond = 4 }).IsNew);
        Assert.False(ReserveCheck.Of(Facts with { Vault = 597, Left = 3 }).IsNew);
        Assert.True(gone.IsSameDifference(gone));
        Assert.False(gone.IsSameDifference(many));
    }
}
