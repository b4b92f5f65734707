using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Payouts;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.ChainActs;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.ApiHost.ChainActs;

/// <summary>
/// Mint, refill, burn and memo: asked by one operator, approved by another, and signed by who holds the key.
/// </summary>
internal static class ChainActEndpoints
{
    private const string Memo = "memo";
    private const string AskAddress = "POST /admin/chain/acts";
    private const string ActsPath = ApiAddress.Root + "/admin/chain/acts/";

    // Of a memo; a longer one costs more than one instruction may.
    private const int TextMostBytes = 400;

    // Of a transaction, which is at most 1,232 bytes, in base64.
    private const int TransactionMost = 1_644;

    private static readonly FrozenSet<string> Kinds = FrozenSet.Create(
        StringComparer.Ordinal, "mint", "refill", "burn", Memo);

    public static void MapChainActs(this IEndpointRouteBuilder admin)
    {
        admin.MapPost("/chain/acts", Ask)
            .WithName("admin-chain-ask").WithSummary("Ask for a mint, a refill, a burn or a memo")
            .WithDescription(
                "It waits for another operator. A mint goes into the vault, a refill from the vault to the float, a burn out of the "
                + "vault. Nothing is more on chain than in the ledger.")
            .WithTags(ChainActTopic.Tag)
            .WithBody<AskActBody>().WithIdempotencyKey(isRequired: true)
            .Produces<ChainActItem>(StatusCodes.Status202Accepted)
            .WithAnswerHeader("Location", "The act")
            .WithBounds()
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapGet("/chain/acts", List)
            .WithName("admin-chain-acts").WithSummary("Acts on chain that were asked for, newest first")
            .WithTags(ChainActTopic.Tag)
            .Produces<PageView<ChainActItem>>()
            .WithPages()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapGet("/chain/acts/{id}", Find)
            .WithName("admin-chain-act").WithSummary("One act, with what is to be signed")
            .WithTags(ChainActTopic.Tag)
            .Produces<ChainActItem>()
            .WithProblems(ChainActProblems.UnknownAct)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/chain/acts/{id}/approve", (string id, HttpContext context, GrainCalls calls) =>
                Decide(id, isApproved: true, "approve", context, calls))
            .WithName("admin-chain-approve").WithSummary("Approve, as another person: the key's holder may sign it")
            .WithDecision()
            .WithBounds();
        admin.MapPost("/chain/acts/{id}/reject", (string id, HttpContext context, GrainCalls calls) =>
                Decide(id, isApproved: false, "reject", context, calls))
            .WithName("admin-chain-reject").WithSummary("Reject, as another person")
            .WithDecision();
        admin.MapPut("/chain/acts/{id}/signed", PutSigned)
            .WithName("admin-chain-signed").WithSummary("Bring what the key's holder has signed")
            .WithDescription(
                "The transaction must be the act's own, to the byte, with the nonce that stands. It is sent and followed as payouts "
                + "are. The same bytes again change nothing.")
            .WithTags(ChainActTopic.Tag)
            .WithBody<SignedBody>().WithIdempotencyKey(isRequired: false)
            .Produces<ChainActItem>()
            .WithProblems(
                ChainActProblems.UnknownAct, ChainActProblems.ActNotSignedFor, SpendingProblems.ActNotPossible,
                ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static RouteHandlerBuilder WithBounds(this RouteHandlerBuilder endpoint) => endpoint.WithProblems(
        SpendingProblems.MintBeyondIssued, SpendingProblems.FloatFull, SpendingProblems.BurnBeyondBurned,
        ProblemTypes.OperatorUnknown);

    private static RouteHandlerBuilder WithDecision(this RouteHandlerBuilder endpoint) => endpoint
        .WithTags(ChainActTopic.Tag)
        .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true)
        .Produces<ChainActItem>()
        .WithProblems(
            ChainActProblems.UnknownAct, SpendingProblems.AlreadyDecided, SpendingProblems.NeedsSecondApproval)
        .RequireAuthorization(Policy.WriteAdmin);

    private static Task<IResult> Ask(HttpContext context, GrainCalls calls, Explorer explorer) => KeyedWrite.Answer(
        context, AskAddress, Members, async (key, sent) =>
        {
            var request = new AskChainActRequest(
                key, sent.Kind, sent.Amount, sent.Text, sent.Reason, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<IChainActsGrain>(0).Ask(request, attempt), CancellationToken.None);
            return context.Answer(
                reply, act => TypedResults.Accepted($"{ActsPath}{act.Id}", ChainActItem.Of(act, explorer)));
        });

    private static (string Kind, Amount? Amount, string? Text, string Reason) Members(JsonBody body)
    {
        var kind = body.Word("kind", Kinds);
        var reason = body.Reason("reason");
        if (kind != Memo)
        {
            if (body.Has("text"))
            {
                body.Object("text", "must be there with a memo only");
                body.Text("text");
            }

            return (kind, kind.Length > 0 ? body.Amount("amount") : body.OptionalAmount("amount"), null, reason);
        }

        if (body.OptionalAmount("amount") is not null)
        {
            body.Object("amount", "must not be there with a memo");
        }

        var text = body.Reason("text");
        if (Encoding.UTF8.GetByteCount(text) > TextMostBytes)
        {
            body.Object("text", $"must be at most {TextMostBytes} bytes of UTF-8");
        }
        else if (text.StartsWith("stk:", StringComparison.Ordinal))
        {
            body.Object("text", "must not begin with stk:, as what the service itself writes does");
        }

        return (kind, null, text, reason);
    }

    private static async Task<IResult> List(HttpContext context, GrainCalls calls, Explorer explorer)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IChainActsGrain>(0).List(request, attempt), context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<ChainActItem>(
                [.. page.Acts.Select(act => ChainActItem.Of(act, explorer))], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static async Task<IResult> Find(string id, HttpContext context, GrainCalls calls, Explorer explorer) =>
        !UuidPath.TryParse(id, out var act) ? Problem.Invalid("id", UuidPath.Rule)
        : await calls.Read(
            (grains, attempt) => grains.GetGrain<IChainActsGrain>(0).Get(act, attempt), context.RequestAborted) is { } found
            ? TypedResults.Ok(ChainActItem.Of(found, explorer))
            : new Problem(ChainActProblems.UnknownAct);

    private static async Task<IResult> Decide(
        string id, bool isApproved, string verb, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var act))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        var explorer = context.RequestServices.GetRequiredService<Explorer>();
        return await KeyedWrite.AnswerReasoned(context, $"POST /admin/chain/acts/{act}/{verb}", async (key, reason) =>
        {
            var request = new DecideApprovalRequest(key, act, isApproved, reason, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<IChainActsGrain>(0).Decide(request, attempt), CancellationToken.None);
            return reply is SpendingReply<ChainActView>.Refused { Reason: SpendingRefusal.UnknownApproval }
                ? new Problem(ChainActProblems.UnknownAct)
                : context.Answer(reply, decided => TypedResults.Ok(ChainActItem.Of(decided, explorer)));
        });
    }

    private static async Task<IResult> PutSigned(string id, HttpContext context, GrainCalls calls, Explorer explorer)
    {
        if (!UuidPath.TryParse(id, out var act))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.AnswerWithOwnKey(context, $"PUT /admin/chain/acts/{act}/signed", Bytes, async (key, bytes) =>
        {
            var request = new SignedActRequest(key, act, bytes, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<IChainActsGrain>(0).PutSigned(request, attempt),
                CancellationToken.None);
            if (reply is SignedActReply.Done { IsReplay: true })
            {
                context.Response.SayReplayed();
            }

            return reply switch
            {
                SignedActReply.Done(var view, _) => TypedResults.Ok(ChainActItem.Of(view, explorer)),
                SignedActReply.NotSignedFor(var why) => new Problem(ChainActProblems.ActNotSignedFor) { Detail = why },
                SignedActReply.NotAwaited(var state) => new Problem(SpendingProblems.ActNotPossible)
                {
                    Detail = $"The act is {state}: no signature is waited for. Nothing has changed.",
                },
                SignedActReply.ChainSilent => new Problem(ProblemTypes.Unavailable)
                {
                    Detail = "Too few nodes of Solana say what stands in the key's nonce account. Nothing has changed; ask again later.",
                },
                SignedActReply.Unknown => new Problem(ChainActProblems.UnknownAct),
                SignedActReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
                SignedActReply.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
                _ => throw new UnreachableException(),
            };
        });
    }

    private static ImmutableArray<byte> Bytes(JsonBody body)
    {
        var text = body.Text("transaction");
        var bytes = new byte[TransactionMost];
        if (text.Length <= TransactionMost && Convert.TryFromBase64String(text, bytes, out var length))
        {
            // None at all is no transaction either, as its check says.
            return [.. bytes[..length]];
        }

        body.Object("transaction", "must be a transaction in base64, of at most 1232 bytes");
        return [];
    }
}
