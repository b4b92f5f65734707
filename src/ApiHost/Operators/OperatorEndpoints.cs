using Orleans.Dashboard;
using Stk.ApiHost.Authentication;

namespace Stk.ApiHost.Operators;

/// <summary>Pages for operators: the sign-in link and what it opens.</summary>
internal static class OperatorEndpoints
{
    public const string DashboardPath = "/ops/orleans";

    public static void MapOperators(this IEndpointRouteBuilder app)
    {
        app.MapSignIn();
        // It shows the state of grains, which is personal.
        app.MapOrleansDashboard(DashboardPath).RequireAuthorization(Policy.Dashboard).ExcludeFromDescription();
    }
}
