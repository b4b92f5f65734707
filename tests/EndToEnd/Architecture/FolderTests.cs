using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.Slices.SliceRuleDefinition;

namespace Stk.EndToEnd.Architecture;

/// <summary>The arrows between the folders of one project: no topics need each other in a circle.</summary>
public sealed class FolderTests
{
    // What is in a circle is one folder, whatever it is called.
    [Theory, InlineData("Rules"), InlineData("Ledger"), InlineData("Grains"), InlineData("ApiHost")]
    public void No_circle_runs_through_the_folders_of(string project) =>
        Slices().Matching($"Stk.{project}.(*)").Should().BeFreeOfCycles().Check(ArrowTests.Code);
}
