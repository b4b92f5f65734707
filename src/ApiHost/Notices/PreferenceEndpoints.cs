using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Deliveries;
using Stk.GrainInterfaces.Notices;
using Stk.Rules.Notices;

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
        api.MapPost("/notices/webhook/secret", ChangeSecret)
            .WithName("notice-webhook-secret").WithSummary("Give the webhook another secret, which is shown this once")
            .WithDescription("For a day requests are signed with both, so that a receiver can change over.")
            .WithTags(NoticeTopic.Tag)
            .Produces<WebhookSecretView>()
            .WithProblems(ProblemTypes.NotFound)
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
            .WithProblems(
                ProblemTypes.NotFound, NoticeProblems.ChannelNotOffered, NoticeProblems.TooManyConfirmations)
            .RequireAuthorization(Policy.Spend);
    }

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var id = context.User.SubjectId();
        var choices = await calls.Read(
            (grains, attempt) => grains.GetGrain<INoticesGrain>(id).GetPreferences(attempt), context.RequestAborted);
        return TypedResults.Ok(View(choices, await Addresses(id, calls), secret: null));
    }

    private static Task<IResult> Put(
        HttpContext context, GrainCalls calls, IConfiguration configuration, IHostEnvironment environment) =>
        KeyedWrite.Unkeyed(
            context,
            body =>
            {
                // Which of them, the silos know: they have the setting too, and outside Development do not start with it.
                var mayBeNear = environment.IsDevelopment()
                    && configuration.GetSection("Stk:Notices:Webhooks:Allow").GetChildren().Any();
                var reading = new PreferenceReading(body, context.User.SubjectId(), mayBeNear);
                return (Choices: reading.Choices(), Addresses: reading.Addresses());
            },
            (_, sent) => Store(context.User.SubjectId(), sent.Choices, sent.Addresses, calls));

    private static async Task<IResult> ChangeSecret(HttpContext context, GrainCalls calls)
    {
        var id = context.User.SubjectId();
        // Sent once: a second copy would make the first one's answer a secret of before.
        var secret = await calls.WriteOnce(
            grains => grains.GetGrain<IAddressesGrain>(id).ChangeSecret(CancellationToken.None));
        return secret is null ? Problem.NotFound() : TypedResults.Ok(new WebhookSecretView(secret));
    }

    // Addresses first: where one is not taken, nothing that was chosen beside it is either.
    private static async Task<IResult> Store(
        string id, NoticeChoices sent, ImmutableArray<(NoticeChannel Channel, string? Address)> addresses,
        GrainCalls calls)
    {
        string? secret = null;
        foreach (var (channel, address) in addresses.OrderBy(change => change.Channel))
        {
            var request = new SetAddressRequest(channel, address, sent.Language);
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<IAddressesGrain>(id).Set(request, attempt), CancellationToken.None);
            switch (reply)
            {
                case SetAddressReply.Done(_, var shown):
                    secret ??= shown;
                    break;
                case SetAddressReply.Unknown:
                    return Problem.NotFound();
                case SetAddressReply.NotOffered:
                    return new Problem(NoticeProblems.ChannelNotOffered);
                case SetAddressReply.TooMany:
                    return new Problem(NoticeProblems.TooManyConfirmations);
                default:
                    throw new UnreachableException();
            }
        }

        var choices = await calls.Write(
            (grains, attempt) => grains.GetGrain<INoticesGrain>(id).SetPreferences(sent, attempt), CancellationToken.None);
        return choices is null
            ? Problem.NotFound()
            : TypedResults.Ok(View(choices, await Addresses(id, calls), secret));
    }

    private static async Task<ImmutableArray<AddressView>> Addresses(string id, GrainCalls calls) => (await calls.Read(
        (grains, attempt) => grains.GetGrain<IAddressesGrain>(id).Get(attempt), CancellationToken.None)).Addresses;

    private static PreferencesView View(NoticeChoices choices, ImmutableArray<AddressView> addresses, string? secret)
    {
        AddressView? Of(NoticeChannel channel) => addresses.FirstOrDefault(address => address.Channel == channel);

        return new(
            choices.Language, choices.Zone,
            choices is { QuietFrom: { } from, QuietTo: { } to } ? new(Time(from), Time(to)) : null, choices.Digest,
            new(
                Of(NoticeChannel.Email) is { } email ? new(email.Address, email.IsConfirmed, email.IsOff) : null,
                Of(NoticeChannel.Discourse) is { } forum ? new(forum.Address, forum.IsConfirmed, forum.IsOff) : null,
                Of(NoticeChannel.Webhook) is { } webhook ? new(webhook.Address, webhook.IsOff, secret) : null),
            choices.Kinds.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static string Time(int minutes) => new TimeOnly(minutes / MinutesAnHour, minutes % MinutesAnHour)
        .ToString("HH:mm", CultureInfo.InvariantCulture);
}
