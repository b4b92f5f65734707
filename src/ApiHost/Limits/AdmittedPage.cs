namespace Stk.ApiHost.Limits;

/// <summary>
/// Says of an address outside the API that it passes the lanes: nothing that is served is outside a bound.
/// </summary>
internal sealed class AdmittedPage;
