using Stk.ApiHost.Problems;

namespace Stk.ApiHost.OpenApi;

/// <summary>The JSON body that an endpoint takes. Describes only: reading it is the endpoint's own affair.</summary>
internal sealed record BodyDescription(Type Type, bool IsRequired);

/// <summary>A parameter of the query that an endpoint reads by itself.</summary>
internal sealed record QueryDescription(string Name, string Meaning, bool IsRequired);

internal static class EndpointDescriptions
{
    public static RouteHandlerBuilder WithBody<T>(this RouteHandlerBuilder endpoint, bool isRequired = true) =>
        endpoint.WithMetadata(new BodyDescription(typeof(T), isRequired));

    public static RouteHandlerBuilder WithQuery(
        this RouteHandlerBuilder endpoint, string name, string meaning, bool isRequired = false) =>
        endpoint.WithMetadata(new QueryDescription(name, meaning, isRequired));

    public static RouteHandlerBuilder WithParticipant(this RouteHandlerBuilder endpoint) =>
        endpoint.WithQuery(
            "participant", "Whose: operators and auditors name one; a participant is its own").WithProblems(404);

    public static RouteHandlerBuilder WithPages(this RouteHandlerBuilder endpoint) => endpoint
        .WithQuery("cursor", "As next of the page before")
        .WithQuery("limit", "Most items in the page: 1 to 100, 50 where absent");

    public static RouteHandlerBuilder WithProblems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<ProblemView>(status, Problem.ContentType);
        }

        return endpoint;
    }

    /// <summary>What any endpoint of the API may answer.</summary>
    public static RouteGroupBuilder WithProblemDescriptions(this RouteGroupBuilder group)
    {
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 404, 500, 503])
        {
            group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemView), [Problem.ContentType]));
        }

        return group;
    }
}
