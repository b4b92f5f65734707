using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.Slices.SliceRuleDefinition;

namespace Stk.EndToEnd.Architecture;

/// <summary>The arrows between the folders of one project: no topics need each other in a circle.</summary>
public sealed class FolderTests
{
    // What is in a circle is one folder, whatever it is called.
    [Theory, InlineData("Rules"), InlineData("Ledger"), InlineData("Grains"), InlineData("ApiHost")]
    public void No_circle_runs_through_the_folders_of(string project) => Check($"Stk.{project}", ArchitectureOfThePrograms);

    // A rule that nothing can break would hold for ever.
    [Fact]
    public void A_planted_circle_is_found_and_named()
    {
        const string Planted = "Stk.EndToEnd.Architecture.Planted";

        var failure = Assert.Throws<FailedArchRuleException>(() => Check(Planted, Here(Planted)));

        Assert.Contains($"{Planted}.Hens", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{Planted}.Eggs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_of_which_one_needs_the_other_are_no_circle()
    {
        const string Planted = "Stk.EndToEnd.Architecture.Planted";

        Check(Planted, Here($"{Planted}.Hens", $"{Planted}.Nests"));
    }

    private static ArchUnitNET.Domain.Architecture ArchitectureOfThePrograms => ArrowTests.Code;

    private static void Check(string root, ArchUnitNET.Domain.Architecture code) =>
        Slices().Matching($"{root}.(*)").Should().BeFreeOfCycles().Check(code);

    private static ArchUnitNET.Domain.Architecture Here(params string[] namespaces) => namespaces
        .Aggregate(
            new ArchLoader(), (loader, name) => loader.LoadNamespacesWithinAssembly(typeof(FolderTests).Assembly, name))
        .Build();
}
