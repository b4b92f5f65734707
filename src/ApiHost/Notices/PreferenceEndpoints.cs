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
        api.MapPost("/notices/{channel}/confirmation", AskAgain)
            .WithName("notice-confirmation").WithSummary("Have a letter sent again that asks to confirm an address")
            .WithDescription(
                "For when the last one has run out or was lost: its link is good no more. The address stays as it is. "
                + "channel: email or discourse.")
            .WithTags(NoticeTopic.Tag)
            .Produces<PreferencesView>()
            .WithProblems(
                ProblemTypes.NotFound, NoticeProblems.AddressConfirmed, NoticeProblems.ChannelNotOffered,
                NoticeProblems.TooManyConfirmations)
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

    private static async Task<IResult> AskAgain(string channel, HttpContext context, GrainCalls calls)
    {
        if (NoticeChannels.Find(channel) is not { } asked)
        {
            return Problem.Invalid("channel", "must be email or discourse");
        }

        var id = context.User.SubjectId();
        if ((await Addresses(id, calls)).FirstOrDefault(address => address.Channel == asked) is not { } stored)
        {
            return Problem.NotFound();
        }

        if (stored.IsConfirmed)
        {
            return new Problem(NoticeProblems.AddressConfirmed);
        }

        var choices = await calls.Read(
            (grains, attempt) => grains.GetGrain<INoticesGrain>(id).GetPreferences(attempt), context.RequestAborted);
        // Sent once: a second copy would be a second letter, and end the first one's link.
        var reply = await calls.WriteOnce(grains => grains.GetGrain<IAddressesGrain>(id).Set(
            new(asked, stored.Address, choices.Language, IsAgain: true), CancellationToken.None));
        return Refused(reply) is { } refused
            ? refused
            : TypedResults.Ok(View(choices, await Addresses(id, calls), secret: null));
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
            if (Refused(reply) is { } refused)
            {
                return refused;
            }

            secret ??= (reply as SetAddressReply.Done)?.Secret;
        }

        var choices = await calls.Write(
            (grains, attempt) => grains.GetGrain<INoticesGrain>(id).SetPreferences(sent, attempt), CancellationToken.None);
        return choices is null
            ? Problem.NotFound()
            : TypedResults.Ok(View(choices, await Addresses(id, calls), secret));
    }

    private static Problem? Refused(SetAddressReply reply) => reply switch
    {
        SetAddressReply.Done => null,
        SetAddressReply.Unknown => Problem.NotFound(),
        SetAddressReply.NotOffered => new Problem(NoticeProblems.ChannelNotOffered),
        SetAddressReply.TooMany => new Problem(NoticeProblems.TooManyConfirmations),
        _ => throw new UnreachableException(),
    };

    private static async Task<ImmutableArray<AddressView>> Addresses(string id, GrainCalls calls) => (await calls.Read(
        (grains, attempt) => grains.GetGrain<IAddressesGrain>(id).Get(attempt), CancellationToken.None)).Addresses;

    private static PreferencesView View(NoticeChoices choices, ImmutableArray<AddressView> addresses, string? secret)
    {
        AddressView? Of(NoticeChannel channel) => addresses.FirstOrDefault(address => address.Channel == channel);

        return new(
            choices.Language, choices.Zone,
            choices is { QuietFrom: { } from, QuietTo: { } to } ? new(Time(from), Time(to)) : null, choices.Digest,
            new(
                Of(NoticeChannel.Email) is { } email
                    ? new(email.Address, email.IsConfirmed, email.IsOff, email.ConfirmBy)
                    : null,
                Of(NoticeChannel.Discourse) is { } forum
                    ? new(forum.Address, forum.IsConfirmed, forum.IsOff, forum.ConfirmBy)
                    : null,
                Of(NoticeChannel.Webhook) is { } webhook ? new(webhook.Address, webhook.IsOff, secret) : null),
            choices.Kinds.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static string Time(int minutes) => new TimeOnly(minutes / MinutesAnHour, minutes % MinutesAnHour)
        .ToString("HH:mm", CultureInfo.InvariantCulture);
}
