using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Stk.EndToEnd.Architecture;

/// <summary>The arrows between projects: they run downward only.</summary>
public sealed class ArrowTests
{
    // What each project may know of ours.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Rules"] = [],
        ["Storage"] = [],
        ["Ledger"] = ["Storage", "Rules"],
        ["Solana"] = ["Storage", "Rules"],
        // Pure: the silo, the signer and the simulator share it.
        ["Settlement"] = ["Solana", "Rules"],
        // What is said between silo and signer, and how.
        ["SignerCalls"] = ["Settlement", "Solana", "Rules"],
        // It alone has the float's key: it knows no database, no ledger and no actors.
        ["Signer"] = ["SignerCalls", "Settlement", "Solana", "Rules", "Hosting"],
        ["Reports"] = ["Storage", "Rules"],
        // It speaks to other sides: what is said, to whom and when is decided elsewhere.
        ["Channels"] = ["Rules"],
        // What foreign payloads mean: it asks nobody and stores nothing.
        ["Sources"] = ["Rules"],
        ["GrainInterfaces"] = ["Rules"],
        ["Grains"] =
        [
            "Channels", "GrainInterfaces", "Ledger", "Settlement", "SignerCalls", "Solana", "Sources", "Reports", "Storage",
            "Rules",
        ],
        // It reads what the actors have written, so that no fault of theirs hides in it: they cannot use it.
        ["Verification"] = ["Grains", "GrainInterfaces", "Ledger", "Solana", "Storage", "Rules"],
        // What all hosts are alike in: it knows nothing of the economy but what a name is, as a token has one.
        ["Hosting"] = ["Rules"],
        ["Silo"] =
        [
            "Verification", "Grains", "Channels", "GrainInterfaces", "Ledger", "Settlement", "SignerCalls", "Solana", "Sources",
            "Reports", "Storage", "Rules", "Hosting",
        ],
        ["ApiHost"] = ["GrainInterfaces", "Reports", "Rules", "Hosting"],
        ["Client"] = ["Rules"],
        // Decisions 101 and 230: Solana for the verbs of the chain, and for the wallet's, which signs.
        ["Cli"] = ["Client", "Solana", "Rules"],
    };

    internal static readonly ArchUnitNET.Domain.Architecture Code =
        new ArchLoader().LoadAssemblies([.. BuiltProjects().Select(Load)]).Build();

    public static TheoryData<string> Projects() => [.. ProjectsOnDisk()];

    public static TheoryData<string> Built() => [.. BuiltProjects()];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may_know(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"src/{project} has no arrows: give it its row here");
        var referenced = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(referenced.Except(allowed));
    }

    [Theory, MemberData(nameof(Built))]
    public void A_project_uses_only_what_it_may_know(string project)
    {
        var forbidden = Allowed.Keys.Except(Allowed[project]).Where(other => other != project);

        Types().That().HaveFullNameMatching(NamesIn([project]))
            .Should().NotDependOnAny(Types(includeReferenced: true).That().HaveFullNameMatching(NamesIn(forbidden)))
            .Check(Code);
    }

    [Fact]
    public void The_rules_know_neither_actors_nor_database_nor_host() =>
        Types().That().HaveFullNameMatching(NamesIn(["Rules"]))
            .Should().NotDependOnAny(Types(includeReferenced: true).That()
                .HaveFullNameMatching(@"^(Orleans|Npgsql|Microsoft|System\.(Data|Net|Threading\.Tasks|IO(?!\.InvalidDataException$)))\."))
            .Check(Code);

    [Theory, InlineData("ApiHost"), InlineData("Cli"), InlineData("Client"), InlineData("GrainInterfaces")]
    public void No_connection_to_the_database_is_made_in(string project) =>
        Types().That().HaveFullNameMatching(NamesIn([project]))
            .Should().NotDependOnAny(Types(includeReferenced: true).That()
                .HaveFullNameMatching(@"^(Npgsql\.Npgsql(Connection|DataSource|Command|Batch)|System\.Data\.Common\.Db(Connection|DataSource|Command|Batch))$"))
            .Check(Code);

    [Fact]
    public void No_verb_of_the_command_line_but_the_chains_and_the_wallets_knows_solana() =>
        Types().That().HaveFullNameMatching(NamesIn(["Cli"])).And().DoNotResideInNamespace("Stk.Cli.Chain")
            .And().DoNotResideInNamespace("Stk.Cli.Wallets")
            .Should().NotDependOnAny(Types(includeReferenced: true).That().HaveFullNameMatching(NamesIn(["Solana"])))
            .Check(Code);

    [Fact]
    public void The_command_line_and_its_client_know_no_actors() =>
        Types().That().HaveFullNameMatching(NamesIn(["Cli", "Client"]))
            .Should().NotDependOnAny(Types(includeReferenced: true).That().HaveFullNameMatching(@"^Orleans\."))
            .Check(Code);

    // TimeProvider is for time-outs, IClock for the economy: nothing asks the system by itself.
    [Theory, MemberData(nameof(Built))]
    public void Nothing_asks_the_systems_clock_by_itself_in(string project)
    {
        var callers =
            from type in Code.Types
            where Regex.IsMatch(type.FullName, NamesIn([project]))
            from member in type.Members.OfType<MethodMember>()
            from called in member.GetCalledMethods()
            where Regex.IsMatch(called.FullName, @"System\.DateTime(Offset)?::get_(Utc)?(Now|Today)\b")
            select $"{member.FullName} calls {called.FullName}";

        Assert.Empty(callers);
    }

    private static string NamesIn(IEnumerable<string> projects) => $@"^Stk\.({string.Join('|', projects)})(\.|$)";

    private static Assembly Load(string project) => Assembly.Load(new AssemblyName($"Stk.{project}"));

    // A project that no program refers to yet is held by its project file alone.
    private static IEnumerable<string> BuiltProjects() => ProjectsOnDisk()
        .Where(project => File.Exists(Path.Combine(AppContext.BaseDirectory, $"Stk.{project}.dll")));

    private static IEnumerable<string> ProjectsOnDisk() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
}
