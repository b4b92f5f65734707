namespace Stk.ApiHost.Streams;

internal static class StreamRegistration
{
    /// <summary>What streams of every kind stand on.</summary>
    public static void AddEventStreams(this IServiceCollection services)
    {
        services.AddOptions<StreamOptions>()
            .BindConfiguration(StreamOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<StreamOpening>();
        services.AddSingleton<EventStream>();
    }
}
