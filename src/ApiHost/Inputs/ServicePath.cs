using Stk.Rules.Services;

namespace Stk.ApiHost.Inputs;

/// <summary>The service in a path.</summary>
internal static class ServicePath
{
    public const string Rule = "must be a service's id: 1 to 64 of a-z, 0-9 and _, a letter first";

    public static bool IsValid(string id) => ServiceRules.IsName(id, ServiceRules.MaxIdCharacters);
}
