using System.Collections.Immutable;
using Stk.Rules.Objections;
using Stk.Rules.Texts;

namespace Stk.Rules.Sources;

/// <summary>How an id is called as a participant: <c>club:42</c>, in the common namespace <c>42</c>.</summary>
public static class IdentityName
{
    /// <summary>Unit: characters.</summary>
    public const int MaxNamespaceCharacters = 40;

    private static readonly ImmutableArray<string> Reserved = ["fund", "week", "chain", "tender", "admin"];

    public static string Of(string ofNamespace, string id) => ofNamespace.Length == 0 ? id : $"{ofNamespace}:{id}";

    /// <summary>Why no namespace may be called so; null where one may.</summary>
    public static string? BrokenNamespace(string name)
    {
        if (name.Length == 0)
        {
            return null;
        }

        if (name.Length > MaxNamespaceCharacters || !char.IsAsciiLetterLower(name[0])
            || name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-'))
        {
            return "must be empty, or 1 to 40 of a-z, 0-9 and -, a letter first";
        }

        return Reserved.Contains(name) || OutsideName.Broken(Of(name, "1")) is not null
            ? "must not be one of the economy's own names"
            : null;
    }

    /// <summary>
    /// Why an id that came without a namespace is refused; null where it is not. It would be taken for another's.
    /// </summary>
    /// <param name="namespaces">Those of all sources.</param>
    public static Objection? CheckCommon(string id, IEnumerable<string> namespaces) =>
        namespaces.Any(name => name.Length > 0 && id.StartsWith($"{name}:", StringComparison.Ordinal))
            ? new("distinct_id", "must not begin with a namespace of another source")
            : null;
}
