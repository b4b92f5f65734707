namespace Stk.ApiHost.RuleBooks;

internal static class RuleBookRegistration
{
    public static void AddRuleBooks(this IServiceCollection services)
    {
        services.AddSingleton<RuleBookCache>();
        services.AddHostedService(provider => provider.GetRequiredService<RuleBookCache>());
    }
}
