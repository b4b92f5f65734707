using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.Slices.SliceRuleDefinition;

namespace Stk.EndToEnd.Architecture;

/// <summary>The arrows between the folders of one project: no topics need each other in a circle.</summary>
public sealed class FolderTests
{
    [Theory]
    [InlineData("Rules")]
    public void No_circle_runs_through_the_folders_of(string project) =>
        Slices().Matching($"Stk.{project}.(*)").Should().BeFreeOfCycles().Check(ArrowTests.Code);
}
