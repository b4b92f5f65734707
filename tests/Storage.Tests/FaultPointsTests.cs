using Xunit;

namespace Stk.Storage.Tests;

public sealed class FaultPointsTests
{
    [Fact]
    public void A_list_of_faults_is_read_by_name()
    {
        var faults = FaultPoints.Parse("ledger.after-commit:kill:0.01; week.after-seal:full:1");

        Assert.Equal(new ArmedFault("ledger.after-commit", FaultAction.Kill, 0.01), faults!["ledger.after-commit"]);
        Assert.Equal(new ArmedFault("week.after-seal", FaultAction.Full, 1), faults["week.after-seal"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_setting_no_fault_point_is_armed(string? text) => Assert.Null(FaultPoints.Parse(text));

    [Theory]
    [InlineData("week.after-seal")]
    [InlineData("week.after-seal:explode:1")]
    [InlineData("week.after-seal:4:1")]
    [InlineData("week.after-seal:kill:2")]
    [InlineData("week.after-seal:kill:often")]
    [InlineData(":kill:1")]
    public void A_list_that_cannot_be_meant_is_refused(string text) =>
        Assert.Throws<FormatException>(() => FaultPoints.Parse(text));

    [Fact]
    public void A_point_that_is_off_does_nothing() => FaultPoints.Reach("ledger.after-commit");
}
