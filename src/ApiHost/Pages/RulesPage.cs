using System.Collections.Immutable;
using System.Globalization;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Sessions;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Hosting.Callers;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Pages;

/// <summary>How points come about, in plain words from the rule book. For everybody.</summary>
internal static class RulesPage
{
    public static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        if (await SessionGate.Find(context) is { } caller)
        {
            context.Features.Set(caller);
            CallProof.Show(caller.Secret);
        }

        var frame = await PageFrames.Of(context);
        var (versions, week) = await calls.Read(
            async grains =>
            {
                var book = grains.GetGrain<IRuleBookGrain>(0);
                return (await book.GetVersions(), await book.GetWeekNow());
            },
            context.RequestAborted);
        ImmutableArray<RulesVersion> known =
        [
            .. versions.Where(version => version.WithdrawnAt is null)
                .Select(version => new RulesVersion(
                    version.Version, version.EffectiveFrom, RuleBookJson.ReadStored(version.Document)))
                .OrderBy(version => version.From).ThenBy(version => version.Number),
        ];
        // The first is of all weeks before too.
        var inForce = known.LastOrDefault(version => version.From <= week) ?? known[0];
        var shown = inForce;
        if (context.Request.Query["version"] is [{ Length: > 0 } asked])
        {
            if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || known.FirstOrDefault(version => version.Number == number) is not { } found)
            {
                return Problem.NotFound();
            }

            shown = found;
        }

        return new PageResult<RulesView>(frame, new RulesModel(
            shown, inForce, known.FirstOrDefault(version => version.From > week), known, week));
    }
}

/// <param name="From">The first week that it rules.</param>
public sealed record RulesVersion(int Number, WeekId From, RuleBook Book);

/// <param name="Coming">The next that is announced; null where none is.</param>
/// <param name="Versions">Oldest first.</param>
/// <param name="Week">By the economy's clock.</param>
public sealed record RulesModel(
    RulesVersion Shown, RulesVersion InForce, RulesVersion? Coming, ImmutableArray<RulesVersion> Versions, WeekId Week);
