using System.Globalization;
using System.Text.Json;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.RuleBooks;

namespace Stk.ApiHost.RuleBooks;

/// <summary>
/// The rules by which everybody is paid: for everybody, without a token. Who has announced them is operators'.
/// </summary>
internal static class PublicRulesEndpoints
{
    public static void MapPublicRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", List)
            .WithName("rules").WithSummary("Every version of the rule book that rules, has ruled or will, oldest first")
            .WithTags(SharedTags.SelfName)
            .Produces<PublicRulesView>().WithETag()
            .AllowAnonymous();
        api.MapGet("/rules/{version}", Get)
            .WithName("rules-version").WithSummary("One version of the rule book")
            .WithTags(SharedTags.SelfName)
            .Produces<PublicRulesVersion>().WithETag()
            .WithProblems(ProblemTypes.NotFound)
            .AllowAnonymous();
    }

    private static async Task<IResult> List(GrainCalls calls, CancellationToken cancellation) =>
        TypedResults.Ok(new PublicRulesView([.. (await Read(calls, cancellation)).Select(View)]));

    private static async Task<IResult> Get(string version, GrainCalls calls, CancellationToken cancellation) =>
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && (await Read(calls, cancellation)).FirstOrDefault(one => one.Version == number) is { } found
            ? TypedResults.Ok(View(found))
            : Problem.NotFound();

    // One that was taken back before it ruled never was a rule.
    private static async Task<IEnumerable<RuleBookVersion>> Read(GrainCalls calls, CancellationToken cancellation) =>
        (await calls.Read(grains => grains.GetGrain<IRuleBookGrain>(0).GetVersions(), cancellation))
            .Where(version => version.WithdrawnAt is null);

    private static PublicRulesVersion View(RuleBookVersion version)
    {
        using var document = JsonDocument.Parse(version.Document);
        return new(version.Version, version.EffectiveFrom, version.AnnouncedAt, document.RootElement.Clone());
    }
}
