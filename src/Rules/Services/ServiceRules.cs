using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Objections;
using Stk.Rules.Participants;
using Stk.Rules.Texts;

namespace Stk.Rules.Services;

/// <summary>What makes a service one that can be bought. Every objection is listed.</summary>
public static class ServiceRules
{
    public const int MaxIdCharacters = 64;
    /// <summary>Unit: characters as a reader counts them.</summary>
    public const int MaxNameCharacters = 100;

    /// <inheritdoc cref="MaxNameCharacters"/>
    public const int MaxDescriptionCharacters = 1_000;

    public const int MaxRoles = 16;
    public const int MaxRoleCharacters = 32;
    public const int MaxDays = 3_650;
    public const int MaxMonths = 120;
    public const int MaxSessions = 10_000;

    /// <summary>The role that is no participant: its part goes to <c>fund:treasury</c>.</summary>
    public const string TreasuryRole = "treasury";

    public static readonly Amount MaxPrice = Amount.OfStk(1_000_000_000);

    /// <summary>Whether a text is an id or a role: a-z, 0-9 and _, beginning with a letter.</summary>
    public static bool IsName(string text, int maxCharacters) =>
        text.Length >= 1 && text.Length <= maxCharacters && char.IsAsciiLetterLower(text[0])
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');

    /// <summary>Empty where the service can be offered.</summary>
    /// <param name="recipients">By role, participants' ids; a role of the split without one is chosen by the buyer.</param>
    public static ImmutableArray<Objection> Check(
        string name, string description, Amount price, IReadOnlyList<(string Role, int ShareBp)> split,
        (int? Days, int? Months, int? Sessions) term, IReadOnlyDictionary<string, string> recipients)
    {
        var objections = ImmutableArray.CreateBuilder<Objection>();
        if (WrittenText.Broken(name, MaxNameCharacters) is { } broken)
        {
            objections.Add(new("name", broken));
        }

        if (description.Length > 0 && WrittenText.Broken(description, MaxDescriptionCharacters) is { } brokenDescription)
        {
            objections.Add(new("description", brokenDescription));
        }

        if (price.Micro < 1 || price.Micro > MaxPrice.Micro)
        {
            objections.Add(new("price", $"must be 0.000001 to {MaxPrice}"));
        }

        CheckSplit(objections, split);
        CheckTerm(objections, term);
        foreach (var (role, participant) in recipients)
        {
            if (role == TreasuryRole || split.All(share => share.Role != role))
            {
                objections.Add(new("recipients", "must name roles of the split, and never treasury"));
            }

            if (ParticipantId.Check(participant, $"recipients.{role}") is { } brokenId)
            {
                objections.Add(brokenId);
            }
        }

        return objections.ToImmutable();
    }

    private static void CheckSplit(
        ImmutableArray<Objection>.Builder objections, IReadOnlyList<(string Role, int ShareBp)> split)
    {
        if (split.Count is 0 or > MaxRoles)
        {
            objections.Add(new("split", $"must have 1 to {MaxRoles} roles"));
            return;
        }

        var sum = 0L;
        var roles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (role, share) in split)
        {
            if (!IsName(role, MaxRoleCharacters) || !roles.Add(role))
            {
                objections.Add(new("split", "roles must be of a-z, 0-9 and _, 1 to 32 characters, each once"));
            }

            if (share is < 1 or > LargestRemainder.WholeBp)
            {
                objections.Add(new("split", "each share must be 1 to 10000 basis points"));
            }

            sum += share;
        }

        if (sum != LargestRemainder.WholeBp)
        {
            objections.Add(new("split", "shares must sum to 10000 basis points", ObjectionCode.SplitNotWhole));
        }
    }

    private static void CheckTerm(
        ImmutableArray<Objection>.Builder objections, (int? Days, int? Months, int? Sessions) term)
    {
        if (new[] { term.Days, term.Months, term.Sessions }.Count(part => part is not null) > 1)
        {
            objections.Add(new("term", "must have at most one of days, months and sessions"));
        }

        Within(objections, "term.days", term.Days, MaxDays);
        Within(objections, "term.months", term.Months, MaxMonths);
        Within(objections, "term.sessions", term.Sessions, MaxSessions);
    }

    private static void Within(ImmutableArray<Objection>.Builder objections, string field, int? value, int most)
    {
        if (value is { } number && (number < 1 || number > most))
        {
            objections.Add(new(field, $"must be 1 to {most}"));
        }
    }
}
