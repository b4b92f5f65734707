namespace Stk.Client.Notices;

/// <param name="Secret">What the webhook's requests are signed with, whsec_...</param>
public sealed record WebhookSecret(string Secret);
