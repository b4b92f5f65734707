using System.Collections.Immutable;
using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Notices;

/// <summary>What people are told of. What the topic brings beside its endpoints.</summary>
internal static class NoticeTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Notices";

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> SampleKinds =>
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("weekly", ["email"]);

    public static Topic Topic => new(NoticeJson.Default, new(Tag, "What a participant was told of."))
    {
        Problems = NoticeProblems.All,
        Examples =
        [
            new InboxView(
                [
                    new(
                        Sample.Transaction, "transfer.received", Sample.At,
                        Sample.Json("""{"amount":"5","from":"ann","note":"for the lunch"}"""),
                        "Вам перевели 5 STK.\n\nОтправитель: ann\n\nСообщение отправителя: «for the lunch»", Read: false),
                ],
                Unread: 1, Next: null),
            new ReadThroughBody(Sample.Transaction),
            new InboxStateView(0, Sample.Transaction),
            new PreferencesView(
                "ru", "Europe/Moscow", new("22:00", "08:00"), "immediate", new(Email: null, Discourse: null, Webhook: null),
                SampleKinds),
            new WebhookSecretView("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            new PreferencesBody("en", "Europe/Berlin", new("23:00", "07:00"), "daily", Kinds: SampleKinds),
        ],
    };
}
