using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;

namespace Stk.EndToEnd.Architecture;

/// <summary>What nobody would notice in one file, and what adds up.</summary>
public sealed class TidyTests
{
    // What a project has of a package, where it is no assembly that its code names.
    private static readonly Dictionary<string, string> UsedOtherwise = new(StringComparer.Ordinal)
    {
        ["Microsoft.NET.Test.Sdk"] = "makes a test project one that can be run",
        ["xunit.runner.visualstudio"] = "finds the tests of xunit",
        ["Microsoft.Orleans.Sdk"] = "writes the serializers when the project is built",
    };

    public static TheoryData<string> Projects() =>
        [.. ProjectFiles().Where(file => File.Exists(Built(file))).Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    [Theory, MemberData(nameof(Projects))]
    public void Each_package_is_used_by_the_project_that_refers_to_it(string project)
    {
        var file = ProjectFiles().Single(file => Path.GetFileNameWithoutExtension(file) == project);
        using var assets = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(Path.GetDirectoryName(file)!, "obj", "project.assets.json")));
        var packages = assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
            .ToDictionary(package => package.Name.Split('/')[0], package => package.Value, StringComparer.OrdinalIgnoreCase);
        var named = AssembliesNamedBy(Built(file));

        Assert.Empty(
            from reference in XDocument.Load(file).Descendants("PackageReference")
            let package = reference.Attribute("Include")!.Value
            where !UsedOtherwise.ContainsKey(package) && !AssembliesOf(package, packages, []).Any(named.Contains)
            select package);
    }

    // Those of a package; of one that is only a list of others, theirs.
    private static IEnumerable<string> AssembliesOf(
        string package, IReadOnlyDictionary<string, JsonElement> packages, HashSet<string> seen)
    {
        if (!seen.Add(package) || !packages.TryGetValue(package, out var found))
        {
            return [];
        }

        var own = found.TryGetProperty("compile", out var compile)
            ? compile.EnumerateObject().Select(path => path.Name).Where(path => path.EndsWith(".dll", StringComparison.Ordinal))
                .Select(path => Path.GetFileNameWithoutExtension(path)).ToList()
            : [];
        return own.Count > 0 || !found.TryGetProperty("dependencies", out var others)
            ? own
            : others.EnumerateObject().SelectMany(other => AssembliesOf(other.Name, packages, seen));
    }

    private static HashSet<string> AssembliesNamedBy(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences.Select(reference =>
                metadata.GetString(metadata.GetAssemblyReference(reference).Name)),
        ];
    }

    // Of the configuration that is being tested.
    private static string Built(string project) => Path.Combine(
        Path.GetDirectoryName(project)!, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0",
        $"Stk.{Path.GetFileNameWithoutExtension(project)}.dll");

    private static IEnumerable<string> ProjectFiles() => new[] { "src", "tests" }
        .SelectMany(folder => Directory.GetFiles(
            Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);
}
