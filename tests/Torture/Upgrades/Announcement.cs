using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;
using Stk.GrainInterfaces.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;
using Stk.Torture.Workloads;

namespace Stk.Torture.Upgrades;

/// <summary>
/// An operator who announces a rule book with a section that the newest build brings: it is refused while a silo of a build
/// without it is a member, and taken once none is.
/// </summary>
internal sealed class Announcement(
    RestApi api, Tokens tokens, TortureSettings settings, WeekCalendar calendar, NpgsqlDataSource database,
    IGrainFactory grains)
{
    private const string Section = "bounds";

    // Of no earlier build: nobody has to confirm it first.
    private const string Second = "second-announcer";

    /// <summary>Whether the builds that run now have yet to learn of the section.</summary>
    public async Task<bool> IsNews() =>
        await database.Count("SELECT count(*) FROM pg_class WHERE oid = to_regclass('economy.builds')") == 0
        || await database.Count($"SELECT count(*) FROM economy.builds WHERE '{Section}' = ANY(sections)") == 0;

    /// <summary>The answer while builds are mixed, by the rule book's actor on a silo that knows the section.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public async Task<string?> IsRefused()
    {
        var answer = await Eventually.Get(
            async () =>
            {
                foreach (var silo in (await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys)
                {
                    await MoveActor(silo);
                    // A silo of the old build objects to the section, as to any that it does not know.
                    if (await Announce() is { } asked && asked.Status != HttpStatusCode.BadRequest)
                    {
                        return asked;
                    }
                }

                return null;
            },
            answer => answer is not null,
            $"a silo of the new build answers to a rule book with {Section}");
        return answer!.Status == HttpStatusCode.Conflict && answer.Text.Contains(Section, StringComparison.Ordinal)
            ? null
            : $"a rule book with {Section} was answered {(int)answer.Status} while a silo did not know it: {answer.Text}";
    }

    /// <summary>The answer once every silo knows it.</summary>
    /// <inheritdoc cref="IsRefused" path="/returns"/>
    public async Task<string?> IsTaken()
    {
        var answer = await Eventually.Get(
            Announce,
            // The clock goes on: by the time that it is read the week may have begun.
            answer => answer is not null && !answer.Text.Contains("week-sealed", StringComparison.Ordinal),
            $"a rule book with {Section} is answered");
        if (answer!.Status != HttpStatusCode.Accepted)
        {
            return $"a rule book with {Section} was answered {(int)answer.Status} though every silo knew it: {answer.Text}";
        }

        var id = JsonNode.Parse(answer.Text)!["id"]!.GetValue<string>();
        var (key, body) = (Guid.NewGuid().ToString(), new JsonObject { ["reason"] = "as announced" }.ToJsonString());
        var approved = await Eventually.Get(
            () => api.Write(
                HttpMethod.Post, $"admin/approvals/{id}/approve", tokens.Of("operator", Second), key, body),
            approved => approved is not null,
            $"a rule book with {Section} is approved");
        return approved!.IsSuccess
            ? null
            : $"the approval of a rule book with {Section} was answered {(int)approved.Status}: {approved.Text}";
    }

    // Bounds that no week can be beyond: each is looked at, and none stops.
    private async Task<RestAnswer?> Announce()
    {
        if (await api.Get("admin/rules") is not { } rules)
        {
            return null;
        }

        var document = rules["versions"]!.AsArray()[^1]!["document"]!.DeepClone().AsObject();
        document.Remove("version");
        document[Section] = new JsonObject { ["newcomersRiseBp"] = 10_000, ["sourceRiseBp"] = 10_000 };
        var body = new JsonObject
        {
            ["effectiveFrom"] = WeekId.Of(calendar.Now).Next.Next.ToString(),
            ["document"] = document,
        };
        return await api.Write(HttpMethod.Post, "admin/rules", settings.OperatorToken, null, body.ToJsonString());
    }

    private async Task MoveActor(SiloAddress silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        try
        {
            await grains.GetGrain<IRuleBookGrain>(0).AsReference<IGrainManagementExtension>().MigrateOnIdle();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}
