using System.Collections.Frozen;
using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Deliveries;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.ApiHost.Deliveries;

/// <summary>What is sent beside the inbox, for operators: what could not be, how channels stand, and their pauses.</summary>
internal static class DeliveryEndpoints
{
    private const string ChannelRule = "must be email, discourse or webhook";

    private static readonly FrozenSet<string> ChannelNames =
        NoticeChannels.All.Select(channel => channel.WireName()).ToFrozenSet(StringComparer.Ordinal);

    public static void MapDeliveries(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/notices/dead", Dead)
            .WithName("admin-notices-dead").WithSummary("What could not be delivered, newest first")
            .WithTags(DeliveryTopic.Tag)
            .Produces<PageView<DeadDeliveryItem>>()
            .WithPages().WithQuery("channel", "email, discourse or webhook; absent for all")
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/notices/{id}/{channel}/retry", Retry)
            .WithName("admin-notice-retry").WithSummary("Try again what could not be delivered")
            .WithDescription("At once, and as often as anew. Who keeps ids on the other side still sees it once.")
            .WithTags(DeliveryTopic.Tag)
            .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true)
            .Produces<RetriedDelivery>()
            .WithProblems(
                DeliveryProblems.UnknownDelivery, DeliveryProblems.DeliveryNotDead, ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapGet("/notices/channels", Channels)
            .WithName("admin-notice-channels").WithSummary("How each channel stands")
            .WithTags(DeliveryTopic.Tag)
            .Produces<ChannelsView>()
            .RequireAuthorization(Policy.ReadAdmin);
        MapPause(admin, "pause", isPaused: true, "Let nothing out of a channel");
        MapPause(admin, "resume", isPaused: false, "Let a channel go on");
    }

    private static void MapPause(IEndpointRouteBuilder admin, string verb, bool isPaused, string summary) => admin
        .MapPost(
            $"/notices/channels/{{channel}}/{verb}",
            (string channel, HttpContext context, GrainCalls calls) => Pause(channel, verb, isPaused, context, calls))
        .WithName($"admin-notice-channel-{verb}").WithSummary(summary)
        .WithDescription("What is under way ends; the inbox has everything at any time.")
        .WithTags(DeliveryTopic.Tag)
        .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true)
        .Produces<PausedChannel>()
        .WithProblems(ProblemTypes.OperatorUnknown)
        .RequireAuthorization(Policy.WriteAdmin);

    private static async Task<IResult> Dead(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        var name = parameters.OptionalWord("channel", ChannelNames);
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var asked = name is null ? null : NoticeChannels.Find(name);
        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IDeliveriesGrain>(0).ListDead(request, asked, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<DeadDeliveryItem>([.. page.Dead.Select(DeadDeliveryItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static async Task<IResult> Channels(HttpContext context, GrainCalls calls)
    {
        var figures = await calls.Read(
            (grains, attempt) => grains.GetGrain<IDeliveriesGrain>(0).GetFigures(attempt), context.RequestAborted);
        return TypedResults.Ok(new ChannelsView([.. figures.Select(ChannelView.Of)]));
    }

    private static async Task<IResult> Retry(string id, string channel, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var notice))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        if (NoticeChannels.Find(channel) is not { } known)
        {
            return Problem.Invalid("channel", ChannelRule);
        }

        return await KeyedWrite.AnswerReasoned(
            context, $"POST /admin/notices/{notice}/{channel}/retry",
            async (key, reason) => Answer(
                context,
                await calls.Write(
                    (grains, attempt) => grains.GetGrain<IDeliveriesGrain>(0).Retry(
                        new(key, notice, known, reason, context.User.SubjectId()), attempt),
                    CancellationToken.None),
                TypedResults.Ok(new RetriedDelivery(notice, channel, DeliveryState.Waiting.WireName()))));
    }

    private static async Task<IResult> Pause(
        string channel, string verb, bool isPaused, HttpContext context, GrainCalls calls)
    {
        if (NoticeChannels.Find(channel) is not { } known)
        {
            return Problem.Invalid("channel", ChannelRule);
        }

        return await KeyedWrite.AnswerReasoned(
            context, $"POST /admin/notices/channels/{channel}/{verb}",
            async (key, reason) => Answer(
                context,
                await calls.Write(
                    (grains, attempt) => grains.GetGrain<IDeliveriesGrain>(0).Pause(
                        new(key, known, isPaused, reason, context.User.SubjectId()), attempt),
                    CancellationToken.None),
                TypedResults.Ok(new PausedChannel(channel, isPaused))));
    }

    private static IResult Answer(HttpContext context, SteeringReply reply, IResult done)
    {
        if (reply is SteeringReply.Done { IsReplay: true })
        {
            context.Response.SayReplayed();
        }

        return reply switch
        {
            SteeringReply.Done => done,
            SteeringReply.Unknown => new Problem(DeliveryProblems.UnknownDelivery),
            SteeringReply.NotDead => new Problem(DeliveryProblems.DeliveryNotDead),
            SteeringReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
            SteeringReply.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
            _ => throw new UnreachableException(),
        };
    }
}
