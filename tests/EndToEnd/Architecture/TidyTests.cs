using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Stk.EndToEnd.Architecture;

/// <summary>What nobody would notice in one file, and what adds up.</summary>
public sealed partial class TidyTests
{
    private const int LineMax = 125;
    private const int MethodMax = 70;

    /// <summary>Above a method that stays longer, with what it would lose if it were cut.</summary>
    private const string Reason = "// Longer than 70 lines: ";

    // What a project has of a package, where it is no assembly that its code names.
    private static readonly Dictionary<string, string> UsedOtherwise = new(StringComparer.Ordinal)
    {
        ["Microsoft.NET.Test.Sdk"] = "makes a test project one that can be run",
        ["xunit.runner.visualstudio"] = "finds the tests of xunit",
        ["SkiaSharp.NativeAssets.Linux.NoDependencies"] = "is the native library under SkiaSharp",
        ["Microsoft.Orleans.Sdk"] = "writes the serializers when the project is built",
    };

    public static TheoryData<string> Projects() =>
    [
        .. ProjectFiles().Where(file => File.Exists(Built(file)))
            .Select(Path.GetFileNameWithoutExtension).OfType<string>(),
    ];

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

    // Each economy copies what was built: of every platform it was a gigabyte.
    [Fact]
    public void A_build_has_native_files_of_one_system() => Assert.Single(
        Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "runtimes"))
            .Where(platform => Directory.EnumerateFiles(platform, "*", SearchOption.AllDirectories)
                .Any(file => Path.GetFileName(Path.GetDirectoryName(file)) == "native"))
            // macOS has a library of both processors beside one of its own.
            .Select(platform => Path.GetFileName(platform).Split('-')[0]).Distinct());

    // A text is not cut: a message, a case of a table, a JSON body. SQL is code.
    [Theory, InlineData("src"), InlineData("tests")]
    public void No_line_is_longer_than_125_characters_its_texts_left_out(string folder) => Assert.Empty(
        from file in Sources(folder)
        from line in LongLines(File.ReadAllLines(file), isSqlCode: folder == "src")
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line}");

    [Theory, InlineData("src"), InlineData("tests")]
    public void No_method_is_longer_than_70_lines_without_a_reason_above_it(string folder) => Assert.Empty(
        from file in Sources(folder)
        from line in LongMethods(File.ReadAllLines(file))
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line}");

    private static IEnumerable<int> LongLines(string[] lines, bool isSqlCode)
    {
        var isInText = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var wasInText = isInText;
            isInText ^= RawQuotes().Count(lines[i]) % 2 == 1;
            var counted = wasInText ? isSqlCode ? lines[i] : "" : Text().Replace(lines[i], "\"\"");
            if (counted.Length > LineMax)
            {
                yield return i + 1;
            }
        }
    }

    // A method's body stands between two braces under its signature, as dotnet format sets them.
    private static IEnumerable<int> LongMethods(string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (OpeningBrace().Match(lines[i]) is not { Success: true, Groups: [_, { Value: var indent }] })
            {
                continue;
            }

            var first = Array.FindLastIndex(
                lines, i - 1, line => line.StartsWith(indent, StringComparison.Ordinal) && line[indent.Length] != ' ');
            var last = Array.FindIndex(lines, i, line => line.StartsWith($"{indent}}}", StringComparison.Ordinal));
            if (last - first >= MethodMax && Signature().IsMatch(string.Join(' ', lines[first..i]))
                && !lines[first - 1].TrimStart().StartsWith(Reason, StringComparison.Ordinal))
            {
                yield return first + 1;
            }
        }
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !BuiltFolders().IsMatch(file));

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

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex BuiltFolders();

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawQuotes();

    [GeneratedRegex("\"{3}.*\"{3}|\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"^( {4,})\{$")]
    private static partial Regex OpeningBrace();

    [GeneratedRegex(@"^\s*(?!.*\b(class|record|struct|interface|enum)\b)(?!.*=>)[^=(]*\w+(<[^()]*>)?\(")]
    private static partial Regex Signature();
}
