using Microsoft.Extensions.DependencyInjection;
using Stk.Channels;

namespace Stk.Grains.Deliveries;

internal static class DeliveriesRegistration
{
    /// <summary>Channels, and what sends over them.</summary>
    public static void AddDeliveries(this IServiceCollection services)
    {
        services.AddChannels();
        services.AddOptions<DeliveryOptions>()
            .BindConfiguration(DeliveryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DeliveryTable>();
        services.AddSingleton<PlanningTable>();
        services.AddSingleton<SteeringTable>();
        services.AddSingleton<AddressTable>();
        services.AddSingleton<DeliveryFigures>();
        services.AddSingleton<DeliveryMetrics>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<INoticeTexts, TemplateTexts>();
        services.AddSingleton<IDeliveryPlan, PreferencePlan>();
        services.AddSingleton<IUnsubscribeLinks, SignedLinks>();
        services.AddHostedService<DeliveryWorker>();
    }
}
