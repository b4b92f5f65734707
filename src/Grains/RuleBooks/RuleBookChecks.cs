using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Grains.Approvals;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.RuleBooks;

/// <summary>
/// What a rule book must be to be announced or withdrawn: when it is asked, and again when it is approved.
/// </summary>
internal sealed class RuleBookChecks(ClusterSections sections, IOptions<SignatureOptions> options, IClock clock)
{
    private const int YearsAheadMax = 1;

    /// <summary>Null where the document may be announced from that week on.</summary>
    /// <param name="versions">Every version, oldest first.</param>
    public async Task<ProposeReply?> Objection(
        byte[] document, WeekId from, ImmutableArray<RuleBookVersion> versions, CancellationToken cancellation)
    {
        using var json = JsonDocument.Parse(document);
        switch (RuleBookJson.Read(json.RootElement, versions[^1].Version + 1))
        {
            case RuleBookReading.Refused refused:
                // A section that this silo's build does not know is no fault of the document where another's does.
                var unknown = RuleBookSections.Of(json.RootElement).Except(RuleBookSections.Known, StringComparer.Ordinal);
                return (ProposeReply?)await Mixed(unknown, cancellation) ?? Invalid(refused);
            case RuleBookReading.Read { Book: var book }:
                // As it would be stored: a section that says what silence says is not.
                using (var written = JsonDocument.Parse(RuleBookJson.Write(book)))
                {
                    return (ProposeReply?)AboveCeiling(book) ?? Untimely(from, versions)
                        ?? await Mixed(RuleBookSections.Of(written.RootElement), cancellation);
                }

            default:
                throw new UnreachableException();
        }
    }

    /// <summary>True while it does not rule and nobody has taken it back.</summary>
    public bool MayBeWithdrawn(RuleBookVersion version) =>
        version.WithdrawnAt is null && version.EffectiveFrom > WeekId.Of(clock.Now);

    /// <summary>A document without an objection, under its number.</summary>
    public static RuleBook Read(byte[] document, int version)
    {
        using var json = JsonDocument.Parse(document);
        return RuleBookJson.Read(json.RootElement, version) is RuleBookReading.Read { Book: var book }
            ? book
            : throw new InvalidOperationException("a rule book that was checked a moment ago is none");
    }

    private ProposeReply.NotNow? Untimely(WeekId from, ImmutableArray<RuleBookVersion> versions)
    {
        // A week that has begun keeps its rules: nobody's activity is worth less than when it was done.
        if (from <= WeekId.Of(clock.Now))
        {
            return new ProposeReply.NotNow("must be a week that has not begun");
        }

        if (from.Start > clock.Now.AddYears(YearsAheadMax))
        {
            return new ProposeReply.NotNow("must be at most a year ahead");
        }

        return versions.Any(version => version.EffectiveFrom == from && version.WithdrawnAt is null)
            ? new ProposeReply.NotNow("must be a week that no version begins with: withdraw that one first")
            : null;
    }

    private ProposeReply.Invalid? AboveCeiling(RuleBook book) =>
        book.Spending.ApprovalAbove > Amount.OfStk(options.Value.SignatureCeiling)
            ? new ProposeReply.Invalid(
                [new("spending.approvalAbove", $"must be at most {options.Value.SignatureCeiling}, the configured ceiling")])
            : null;

    // Null where every silo's build knows them all, or none does.
    private async Task<ProposeReply.NotNow?> Mixed(IEnumerable<string> named, CancellationToken cancellation)
    {
        var gaps = await sections.Gaps(named, cancellation);
        return gaps.IsEmpty
            ? null
            : new ProposeReply.NotNow(
                $"{string.Join("; ", gaps)}: every silo must be of a build that knows it", NotNowReason.ClusterMixed);
    }

    private static ProposeReply.Invalid Invalid(RuleBookReading.Refused refused) => new(
        [
            .. refused.Objections.Select(objection => new FieldObjection(objection.Field, objection.Rule, objection.Code)),
        ]);
}
