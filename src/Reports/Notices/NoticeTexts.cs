using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Stk.Rules.Notices;

namespace Stk.Reports.Notices;

/// <summary>Notices in words: a template a kind and language, embedded in the program.</summary>
public static class NoticeTexts
{
    private const string Prefix = "Stk.Reports.Notices.";
    private const string Suffix = ".txt";

    private static readonly Lazy<FrozenDictionary<(string, NoticeLanguage), NoticeTemplate>> Templates =
        new(() => Read(NoticeKinds.All, Embedded()));

    /// <summary>Reads every template: for whoever starts.</summary>
    /// <exception cref="InvalidDataException">
    /// A kind, a language or a value is missing, or a template asks for what there is not: named.
    /// </exception>
    public static void Check() => _ = Templates.Value;

    /// <summary>A notice in words. A kind of a later build is its name.</summary>
    /// <param name="values">As the notice has them, with what was looked up for it.</param>
    /// <exception cref="InvalidDataException">The templates do not fit the kinds: see <see cref="Check"/>.</exception>
    public static NoticeText Render(
        string kind, NoticeLanguage language, JsonElement values, NoticeMarkup markup = NoticeMarkup.Plain) =>
        NoticeKinds.Find(kind) is { } known
            ? Templates.Value[(kind, language)].Render(NoticeWords.Of(language), known, values, markup)
            : new(kind, kind);

    /// <param name="files">By name, <c>weekly.ru</c>.</param>
    internal static FrozenDictionary<(string, NoticeLanguage), NoticeTemplate> Read(
        IEnumerable<NoticeKind> kinds, IReadOnlyDictionary<string, string> files)
    {
        var templates = new Dictionary<(string, NoticeLanguage), NoticeTemplate>();
        foreach (var kind in kinds)
        {
            foreach (var language in NoticeLanguages.All)
            {
                var name = $"{kind.Name}.{language.WireName()}";
                if (!files.TryGetValue(name, out var source))
                {
                    throw new InvalidDataException($"there is no template {name}");
                }

                templates.Add((kind.Name, language), Parse(kind, name, source));
            }

            var asked = NoticeLanguages.All.Select(language => (language, templates[(kind.Name, language)].Names)).ToList();
            foreach (var (language, names) in asked)
            {
                if (asked.SelectMany(other => other.Names).FirstOrDefault(name => !names.Contains(name)) is { } missing)
                {
                    throw new InvalidDataException(
                        $"template {kind.Name}.{language.WireName()} leaves out {missing}, which another language tells");
                }
            }
        }

        return templates.ToFrozenDictionary();
    }

    private static NoticeTemplate Parse(NoticeKind kind, string name, string source)
    {
        try
        {
            return NoticeTemplate.Parse(kind, source);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"template {name} {fault.Message}", fault);
        }
    }

    private static Dictionary<string, string> Embedded()
    {
        var assembly = typeof(NoticeTexts).Assembly;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name =>
            name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!; // it was just listed
            using var reader = new StreamReader(stream, Encoding.UTF8);
            files.Add(resource[Prefix.Length..^Suffix.Length], reader.ReadToEnd());
        }

        return files;
    }
}
