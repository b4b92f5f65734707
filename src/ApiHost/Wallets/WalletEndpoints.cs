using System.Collections.Frozen;
using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Wallets;
using Stk.Rules.Wallets;

namespace Stk.ApiHost.Wallets;

/// <summary>Where a participant's STK go when they leave.</summary>
internal static class WalletEndpoints
{
    // A packet of the chain, and a text in the envelope of devices, are below it. Unit: bytes.
    private const int MostBytes = 2_048;

    private const int ChainRetrySeconds = 5;

    private static readonly FrozenDictionary<string, ProofForm> Forms =
        Enum.GetValues<ProofForm>().ToFrozenDictionary(ProofForms.WireName, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, WalletMode> Modes =
        Enum.GetValues<WalletMode>().ToFrozenDictionary(WalletModes.WireName, StringComparer.Ordinal);

    public static void MapWallet(this IEndpointRouteBuilder api)
    {
        api.MapGet("/wallet", Get)
            .WithName("wallet").WithSummary("The wallet that is linked, and what becomes of a week's STK")
            .WithTags(WalletTopic.Tag)
            .Produces<LinkedWalletView>()
            .WithParticipant()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapPost("/wallet/challenge", Challenge)
            .WithName("wallet-challenge").WithSummary("Ask for what a wallet is to sign, so that it can be linked")
            .WithDescription(
                "Good for one answer within five minutes. It names the page that asks (Origin), which must be one of this "
                + "installation. Whether the address may be linked is said here already.")
            .WithTags(WalletTopic.Tag)
            .WithBody<ChallengeBody>()
            .Produces<ChallengeAnswer>()
            .WithProblems(ProblemTypes.NotFound, WalletProblems.WalletNotAllowed, WalletProblems.WalletInUse)
            .RequireAuthorization(Policy.Spend);
        api.MapPost("/wallet/link", Link)
            .WithName("wallet-link").WithSummary("Link the wallet that has signed a challenge, in place of the one before")
            .WithDescription(
                "The link before it ends at once. Nothing is paid to the new one before payableFrom, and its owner is told "
                + "(address.changed). signature for the form message, with signedMessage where the wallet has signed another "
                + "form of the text; transaction for the form transaction.")
            .WithTags(WalletTopic.Tag)
            .WithBody<LinkBody>()
            .WithProblems(
                WalletProblems.ChallengeInvalid, WalletProblems.WalletNotAllowed, WalletProblems.WalletInUse)
            .WithFreshLogin();
        api.MapDelete("/wallet", Unlink)
            .WithName("wallet-unlink").WithSummary("End the wallet's link")
            .WithTags(WalletTopic.Tag)
            .WithProblems(ProblemTypes.OutcomeUnknown, WalletProblems.NoWallet)
            .WithFreshLogin();
        api.MapPut("/wallet/mode", SetMode)
            .WithName("wallet-mode").WithSummary("Choose whether a week's STK stay here or go to the wallet")
            .WithTags(WalletTopic.Tag)
            .WithBody<WalletModeBody>()
            .WithFreshLogin();
    }

    private static void WithFreshLogin(this RouteHandlerBuilder endpoint) => endpoint
        .WithIdempotencyKey(isRequired: true)
        .Produces<LinkedWalletView>()
        .WithProblems(ProblemTypes.NotFound, WalletProblems.FreshLoginNeeded)
        .RequireAuthorization(Policy.Spend);

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        return context.Answer(await calls.Read(
            (grains, attempt) => grains.GetGrain<IWalletGrain>(id).Get(attempt), context.RequestAborted));
    }

    private static async Task<IResult> Challenge(HttpContext context, GrainCalls calls, SignInPages pages) =>
        !pages.Of(context.Request).IsRead(out var page, out var problem)
            ? problem
            : await KeyedWrite.Unkeyed(
                context,
                body => (Address: body.Text("address"), Form: body.Word("form", Forms)),
                async (_, members) =>
                {
                    var request = new ChallengeRequest(members.Address, members.Form, page.Authority, page);
                    // A challenge more does no harm.
                    var reply = await calls.Read(
                        (grains, attempt) => grains.GetGrain<IWalletGrain>(context.User.SubjectId())
                            .Challenge(request, attempt),
                        context.RequestAborted);
                    return reply switch
                    {
                        ChallengeReply.Done(var challenge) => TypedResults.Ok(ChallengeAnswer.Of(challenge)),
                        ChallengeReply.Refused(var refusal) => Refused(refusal),
                        _ => throw new UnreachableException(),
                    };
                });

    private static Task<IResult> Link(HttpContext context, GrainCalls calls) => KeyedWrite.Answer(
        context, "POST /wallet/link",
        body =>
        {
            var challenge = body.Text("challenge");
            var signature = body.OptionalText("signature");
            var signed = Bytes(body, "signedMessage");
            var transaction = Bytes(body, "transaction");
            if ((signature.Length > 0) == transaction is not null)
            {
                body.Object("signature", "must be there, or transaction, and not both");
            }

            return (Challenge: challenge, Signature: signature.Length > 0 ? signature : null, Signed: signed,
                Transaction: transaction);
        },
        (key, proof) => Change(context, calls, (wallet, attempt) => wallet.Link(
            new(key, proof.Challenge, proof.Signature, proof.Signed, proof.Transaction, context.User.SignedInAt()),
            attempt)));

    private static Task<IResult> Unlink(HttpContext context, GrainCalls calls) => KeyedWrite.Answer(
        context, "DELETE /wallet", _ => 0,
        (key, _) => Change(
            context, calls, (wallet, attempt) => wallet.Unlink(new(key, context.User.SignedInAt()), attempt)),
        mayBeAbsent: true);

    private static Task<IResult> SetMode(HttpContext context, GrainCalls calls) => KeyedWrite.Answer(
        context, "PUT /wallet/mode", body => body.Word("mode", Modes),
        (key, mode) => Change(
            context, calls, (wallet, attempt) => wallet.SetMode(new(key, mode, context.User.SignedInAt()), attempt)));

    private static async Task<IResult> Change(
        HttpContext context, GrainCalls calls, Func<IWalletGrain, CancellationToken, Task<WalletReply>> change) =>
        context.Answer(await calls.Write(
            (grains, attempt) => change(grains.GetGrain<IWalletGrain>(context.User.SubjectId()), attempt),
            CancellationToken.None));

    private static IResult Answer(this HttpContext context, WalletReply reply)
    {
        if (reply is WalletReply.Done { IsReplay: true })
        {
            context.Response.SayReplayed();
        }

        return reply switch
        {
            WalletReply.Done done => TypedResults.Ok(LinkedWalletView.Of(done)),
            WalletReply.Refused(var refusal) => Refused(refusal),
            WalletReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
            _ => throw new UnreachableException(),
        };
    }

    private static Problem Refused(RefusedWallet refusal) => refusal switch
    {
        { Reason: WalletRefusal.SettlementOff } => new(ProblemTypes.Unavailable)
        {
            Detail = "This installation pays nothing out to wallets: it has no nodes of Solana, or no mint there.",
        },
        { Reason: WalletRefusal.ChainSilent } => new(ProblemTypes.Unavailable)
        {
            Detail = "No node of Solana answers, so nobody can say whether STK may be paid to this address. Nothing has changed.",
            RetryAfterSeconds = ChainRetrySeconds,
        },
        { Reason: WalletRefusal.UnknownParticipant } => Problem.NotFound(),
        { Reason: WalletRefusal.LoginNotFresh } => new(WalletProblems.FreshLoginNeeded),
        { Reason: WalletRefusal.Malformed, Field: { } field, Rule: { } rule } => Problem.Invalid(field, rule),
        { Reason: WalletRefusal.ChallengeInvalid } => new(WalletProblems.ChallengeInvalid),
        { Reason: WalletRefusal.NotAllowed, Field: { } field, Rule: { } rule } =>
            new(WalletProblems.WalletNotAllowed) { Errors = [new(field, rule)] },
        { Reason: WalletRefusal.InUse } => new(WalletProblems.WalletInUse),
        { Reason: WalletRefusal.NoWallet } => new(WalletProblems.NoWallet),
        _ => throw new UnreachableException(),
    };

    private static byte[]? Bytes(JsonBody body, string field)
    {
        var text = body.OptionalText(field);
        if (text.Length == 0)
        {
            return null;
        }

        var bytes = new byte[MostBytes];
        if (Convert.TryFromBase64String(text, bytes, out var length))
        {
            return bytes[..length];
        }

        body.Object(field, "must be base64 of at most 2048 bytes");
        return null;
    }
}
