using System.Collections.Immutable;
using System.Globalization;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Notices;

namespace Stk.ApiHost.Notices;

/// <summary>How a participant wants to be told of things.</summary>
internal static class PreferenceEndpoints
{
    private const int MinutesAnHour = 60;

    public static void MapPreferences(this IEndpointRouteBuilder api)
    {
        api.MapGet("/notices/preferences", Get)
            .WithName("notice-preferences").WithSummary("How you want to be told of things")
            .WithTags(NoticeTopic.Tag)
            .Produces<PreferencesView>()
            .RequireAuthorization(Policy.Spend);
        api.MapPut("/notices/preferences", Put)
            .WithName("notice-preferences-put").WithSummary("Choose how you want to be told of things")
            .WithDescription(
                "In place of what was chosen before: what is absent has its default. Addresses are otherwise: one that is absent "
                + "stays, null removes it. discourse may be true (the participant's id is its name there), a name, or false. What "
                + "an answer says may be sent back.")
            .WithTags(NoticeTopic.Tag)
            .WithBody<PreferencesBody>()
            .Produces<PreferencesView>()
            .WithProblems(ProblemTypes.NotFound, NoticeProblems.ChannelNotOffered)
            .RequireAuthorization(Policy.Spend);
    }

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var id = context.User.SubjectId();
        return TypedResults.Ok(View(await calls.Read(
            (grains, attempt) => grains.GetGrain<INoticesGrain>(id).GetPreferences(attempt), context.RequestAborted)));
    }

    private static Task<IResult> Put(HttpContext context, GrainCalls calls) => KeyedWrite.Unkeyed(
        context,
        body =>
        {
            var reading = new PreferenceReading(body, context.User.SubjectId());
            return (Choices: reading.Choices(), Addresses: reading.Addresses());
        },
        async (_, sent) =>
        {
            // There is nothing yet that would send anything there: an address that is kept all the same would promise it.
            if (sent.Addresses.Any(address => address.Address is not null))
            {
                return new Problem(NoticeProblems.ChannelNotOffered);
            }

            var choices = await calls.Write(
                (grains, attempt) => grains.GetGrain<INoticesGrain>(context.User.SubjectId())
                    .SetPreferences(sent.Choices, attempt),
                CancellationToken.None);
            return choices is null ? Problem.NotFound() : TypedResults.Ok(View(choices));
        });

    private static PreferencesView View(NoticeChoices choices) => new(
        choices.Language, choices.Zone,
        choices is { QuietFrom: { } from, QuietTo: { } to } ? new(Time(from), Time(to)) : null, choices.Digest,
        new(Email: null, Discourse: null, Webhook: null),
        choices.Kinds.ToImmutableSortedDictionary(StringComparer.Ordinal));

    private static string Time(int minutes) => new TimeOnly(minutes / MinutesAnHour, minutes % MinutesAnHour)
        .ToString("HH:mm", CultureInfo.InvariantCulture);
}
