using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Stk.Grains.Torture;

internal static class TortureRegistration
{
    /// <summary>The switch: true lets the torture grain exist, in Development.</summary>
    public const string Switch = "Stk:Torture";

    /// <summary>Takes the torture grain out of every silo that does not ask for it, or may not.</summary>
    // Orleans finds grain classes by itself: what is not to exist has to be taken away.
    public static void RemoveTortureUnlessAsked(this IServiceCollection services) =>
        services.AddOptions<GrainTypeOptions>().PostConfigure<IConfiguration, IHostEnvironment>(
            (types, configuration, environment) =>
            {
                if (!environment.IsDevelopment() || !configuration.GetValue(Switch, defaultValue: false))
                {
                    types.Classes.Remove(typeof(TortureGrain));
                }
            });
}
