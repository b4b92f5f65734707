using Microsoft.Extensions.DependencyInjection;
using Stk.Channels.Emails;
using Stk.Channels.Forum;
using Stk.Channels.Pulls;
using Stk.Channels.Webhooks;

namespace Stk.Channels;

public static class ChannelsRegistration
{
    /// <summary>
    /// The ways to tell people, each configured under <c>Stk:Notices</c>, and what asks the systems that events come from.
    /// </summary>
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddOptions<EmailOptions>()
            .BindConfiguration(EmailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DiscourseOptions>()
            .BindConfiguration(DiscourseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebhookOptions>()
            .BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IChannelSender, EmailSender>();
        services.AddSingleton<IChannelSender, DiscourseSender>();
        services.AddSingleton<IChannelSender, WebhookSender>();
        services.AddSingleton<PullClient>();
        return services;
    }
}
