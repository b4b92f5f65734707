using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Revocations;
using Stk.Hosting.Tokens;
using Stk.Rules.Texts;

namespace Stk.ApiHost.Revocations;

/// <summary>Ends tokens before their time.</summary>
internal static class RevocationEndpoints
{
    public static void MapRevocations(this IEndpointRouteBuilder admin) =>
        admin.MapPost("/tokens/revoke", Revoke)
            .WithName("admin-token-revoke").WithSummary("End a token, or all of a subject's, before their time")
            .WithDescription(
                "By jti one token, or one session of the dashboard; by subject all that were made before an instant, now where "
                + "none is given. Every host refuses them within a second. It cannot be taken back: make a new token.")
            .WithTags(SharedTags.OperationName)
            .WithBody<RevocationBody>().WithIdempotencyKey(isRequired: false)
            .Produces<RevocationView>()
            .RequireAuthorization(Policy.WriteAdmin);

    private static Task<IResult> Revoke(HttpContext context, GrainCalls calls, TimeProvider time) =>
        KeyedWrite.AnswerWithOwnKey(context, "POST /admin/tokens/revoke", body => Members(body, time.GetUtcNow()), async (key, sent) =>
        {
            var request = new RevokeRequest(
                key, sent.TokenId, sent.Subject, sent.Before, sent.Reason, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<IRevocationsGrain>(0).Revoke(request, attempt), CancellationToken.None);
            return context.Answer(reply.Use) is { } reused ? reused
                : reply.IsOperatorUnknown ? new Problem(ProblemTypes.OperatorUnknown)
                : TypedResults.Ok(RevocationView.Of(reply));
        });

    private static (string? TokenId, string? Subject, DateTimeOffset? Before, string Reason) Members(
        JsonBody body, DateTimeOffset now)
    {
        var id = Name(body, "jti");
        var subject = Name(body, "subject");
        var before = body.OptionalInstant("before");
        if ((id is null) == (subject is null))
        {
            body.Object("$", "must have jti or subject, and not both");
        }

        if (before is not null && id is not null)
        {
            body.Object("before", "must stand beside subject: one token has one beginning");
        }

        if (before > now + TokenRules.Skew)
        {
            body.Object("before", "must not lie in the future: it would end tokens that nobody has made yet");
        }

        return (id, subject, before, body.Reason("reason"));
    }

    // Of names from before the rule too: they can have tokens.
    private static string? Name(JsonBody body, string field)
    {
        var name = body.OptionalText(field);
        if (name.Length > 0 && OutsideName.Malformed(name) is { } rule)
        {
            body.Object(field, rule);
        }

        return name.Length > 0 ? name : null;
    }
}
