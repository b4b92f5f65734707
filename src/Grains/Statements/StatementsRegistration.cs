using Microsoft.Extensions.DependencyInjection;

namespace Stk.Grains.Statements;

internal static class StatementsRegistration
{
    /// <summary>What reports and documents of statements are made with.</summary>
    public static void AddStatements(this IServiceCollection services)
    {
        services.AddOptions<StatementOptions>()
            .BindConfiguration(StatementOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Drawings>();
        services.AddSingleton<StatementReports>();
        services.AddSingleton<StatementProofs>();
    }
}
