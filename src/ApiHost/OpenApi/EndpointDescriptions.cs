using System.Collections.Immutable;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;

namespace Stk.ApiHost.OpenApi;

/// <summary>The JSON body that an endpoint takes. Describes only: reading it is the endpoint's own affair.</summary>
internal sealed record BodyDescription(Type Type, bool IsRequired, string MediaType);

/// <summary>A parameter of the query that an endpoint reads by itself.</summary>
internal sealed record QueryDescription(string Name, string Meaning, bool IsRequired);

/// <summary>A header of the request that an endpoint reads by itself.</summary>
internal sealed record HeaderDescription(string Name, string Meaning, bool IsRequired, string Example);

/// <summary>A header that successes of an endpoint may carry.</summary>
internal sealed record AnswerHeaderDescription(string Name, string Meaning);

/// <summary>Another media type in which successes of an endpoint are served.</summary>
internal sealed record OtherFormDescription(string Type, string Meaning);

/// <summary>Types of problem that an endpoint may answer.</summary>
internal sealed record ProblemsDescription(ImmutableArray<ProblemType> Types);

internal static class EndpointDescriptions
{
    /// <param name="mediaType">Of lines, each of which is one of an array's items, or of JSON.</param>
    public static RouteHandlerBuilder WithBody<T>(
        this RouteHandlerBuilder endpoint, bool isRequired = true, string mediaType = "application/json") => endpoint
        .WithMetadata(new BodyDescription(typeof(T), isRequired, mediaType))
        .WithProblems(
            ProblemTypes.MalformedJson, ProblemTypes.MalformedEncoding, ProblemTypes.RequestTimeout,
            ProblemTypes.BodyTooLarge, ProblemTypes.UnsupportedMediaType, ProblemTypes.UnsupportedEncoding,
            ProblemTypes.OutcomeUnknown);

    public static RouteHandlerBuilder WithQuery(
        this RouteHandlerBuilder endpoint, string name, string meaning, bool isRequired = false) =>
        endpoint.WithMetadata(new QueryDescription(name, meaning, isRequired));

    public static RouteHandlerBuilder WithParticipant(this RouteHandlerBuilder endpoint) =>
        endpoint.WithQuery(
            "participant", "Whose: operators and auditors name one; a participant is its own")
            .WithProblems(ProblemTypes.NotFound, ProblemTypes.TracesUnavailable);

    public static RouteHandlerBuilder WithPages(this RouteHandlerBuilder endpoint) => endpoint
        .WithQuery("cursor", "As next of the page before")
        .WithQuery("limit", "Most items in the page: 1 to 100, 50 where absent")
        .WithProblems(ProblemTypes.InvalidCursor);

    /// <summary>A list that can be narrowed by kind and instant.</summary>
    public static RouteHandlerBuilder WithFilters(this RouteHandlerBuilder endpoint) => endpoint
        .WithQuery("kind", "Only transactions of this kind, such as transfer")
        .WithQuery("from", "Only from this instant or day on, such as 2025-12-15T00:00:00Z or 2025-12-15")
        .WithQuery("to", "Only before this instant or day");

    public static RouteHandlerBuilder WithHeader(
        this RouteHandlerBuilder endpoint, string name, string meaning, string example, bool isRequired = false) =>
        endpoint.WithMetadata(new HeaderDescription(name, meaning, isRequired, example));

    public static RouteHandlerBuilder WithAnswerHeader(this RouteHandlerBuilder endpoint, string name, string meaning) =>
        endpoint.WithMetadata(new AnswerHeaderDescription(name, meaning));

    public static RouteHandlerBuilder WithOtherForm(this RouteHandlerBuilder endpoint, string type, string meaning) =>
        endpoint.WithMetadata(new OtherFormDescription(type, meaning));

    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder endpoint, bool isRequired)
    {
        if (isRequired)
        {
            endpoint.WithProblems(ProblemTypes.IdempotencyKeyMissing);
        }

        return endpoint
            .WithHeader(
                IdempotencyKey.Header,
                "Your own name of this write, 1 to 255 visible ASCII characters, such as a uuid: under it the write is "
                    + "done once, and each copy is given the first answer. Compared byte by byte: quotes are part of it",
                "5f0c8a8e-2c1b-4f4e-9d0a-6f3f0f7c1a55", isRequired)
            .WithReplayed()
            .WithProblems(ProblemTypes.IdempotencyKeyInvalid, ProblemTypes.IdempotencyKeyReused);
    }

    public static RouteHandlerBuilder WithReplayed(this RouteHandlerBuilder endpoint) => endpoint
        .WithAnswerHeader(IdempotencyKey.Replayed, "true where an earlier copy of the request was answered: this is its answer")
        .WithProblems(ProblemTypes.IdempotencyKeyReused);

    public static RouteHandlerBuilder WithIfMatch(this RouteHandlerBuilder endpoint, bool isRequired = false) =>
        endpoint.WithHeader(
            Preconditions.IfMatch,
            "The version of the service that was read, as its ETag; or several, of which any will do", "\"3\"", isRequired)
            .WithMetadata(new KnowsIfMatch());

    public static RouteHandlerBuilder WithProblems(
        this RouteHandlerBuilder endpoint, params ReadOnlySpan<ProblemType> types)
    {
        foreach (var type in types)
        {
            endpoint.WithMetadata(Produces(type));
        }

        return endpoint.WithMetadata(new ProblemsDescription([.. types]));
    }

    /// <summary>What any endpoint of the API may answer.</summary>
    public static RouteGroupBuilder WithProblemDescriptions(this RouteGroupBuilder group)
    {
        ImmutableArray<ProblemType> types =
        [
            ProblemTypes.MalformedRequest, ProblemTypes.InvalidRequest, ProblemTypes.TokenMissing, ProblemTypes.TokenInvalid,
            ProblemTypes.Forbidden, ProblemTypes.OperatorUnknown, ProblemTypes.RateLimited, ProblemTypes.InternalError,
            ProblemTypes.Busy, ProblemTypes.StorageUnavailable, ProblemTypes.Unavailable,
        ];
        foreach (var type in types)
        {
            group.WithMetadata(Produces(type));
        }

        return group.WithMetadata(new ProblemsDescription(types));
    }

    private static ProducesResponseTypeMetadata Produces(ProblemType type) =>
        new(type.Status, typeof(ProblemView), [Problem.ContentType]);
}
