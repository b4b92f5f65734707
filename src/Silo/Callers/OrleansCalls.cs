using System.Collections.Frozen;
using System.Reflection;
using Stk.GrainInterfaces.Callers;

namespace Stk.Silo.Callers;

/// <summary>
/// What of Orleans' own may be called from outside the silos: what a client needs to connect and to take a call back, and
/// what the dashboard reads. Most of its interfaces are internal, so that they go by their names.
/// </summary>
internal static class OrleansCalls
{
    private const string Runtime = "Orleans.Runtime.";
    private const string Dashboard = "Orleans.Dashboard.Core.";

    private static readonly FrozenSet<string> OfHosts = new[]
    {
        // Which actors there are, and where: without it no reference can be made.
        Runtime + "IClusterManifestSystemTarget.GetClusterManifest",
        Runtime + "IClusterManifestSystemTarget.GetClusterManifestHashSummary",
        Runtime + "IClusterManifestSystemTarget.GetClusterManifestUpdate",
        Runtime + "IClusterManifestSystemTarget.GetSiloManifestByHash",
        Runtime + "IClusterManifestSystemTarget.GetSiloManifestHash",
        // Whoever has stopped waiting says so. It names the call by who made it and its number, and begins nothing.
        Runtime + "IGrainCallCancellationExtension.CancelRequestAsync",
        // No call at all: the silo's own timer hands its tick to the actor as a message that never was on a wire. From a
        // wire it finds no actor that has such a method.
        Runtime + "IGrainTimerInvoker.InvokeCallbackAsync",
        // The dashboard's: numbers of calls, actors and machines, of nobody.
        Runtime + "IManagementGrain.GetHosts",
        Dashboard + "IDashboardGrain.GetClusterTracing",
        Dashboard + "IDashboardGrain.GetCounters",
        Dashboard + "IDashboardGrain.GetGrainTracing",
        Dashboard + "IDashboardGrain.GetGrainTypes",
        Dashboard + "IDashboardGrain.GetSiloTracing",
        Dashboard + "IDashboardGrain.TopGrainMethods",
        Dashboard + "IDashboardRemindersGrain.GetReminders",
        Dashboard + "ISiloGrainProxy.GetMetadata",
        Dashboard + "ISiloGrainService.GetCounters",
        Dashboard + "ISiloGrainService.GetExtendedProperties",
        Dashboard + "ISiloGrainService.GetLifecycleStages",
        Dashboard + "ISiloGrainService.GetRuntimeStatistics",
    }.ToFrozenSet(StringComparer.Ordinal);

    // What an actor keeps, which is personal: by an operator's token, which a page by the cookie does not have.
    private const string OfOperators = Dashboard + "IDashboardGrain.GetGrainState";

    /// <summary>Who may call a method: nobody where it is not here.</summary>
    public static CallerRoles Who(MethodInfo method) => $"{method.DeclaringType?.FullName}.{method.Name}" switch
    {
        OfOperators => CallerRoles.Operator,
        var name when OfHosts.Contains(name) => CallerRoles.Host,
        _ => CallerRoles.None,
    };
}
