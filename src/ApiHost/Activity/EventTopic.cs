using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Activity;

/// <summary>Events as sources send them. What the topic brings beside its endpoints.</summary>
internal static class EventTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Events";

    public static Topic Topic => new(EventJson.Default, new(Tag, "Where sources send what people have done."))
    {
        Problems = EventProblems.All,
        Examples =
        [
            new[] { new SentEventBody(Sample.Sent, "ExerciseSave", "ann", Sample.At) },
            Sample.Page(new OwnEventItem("lms", Sample.Sent, "ExerciseSave", Sample.At, "over_limit", 0, 6, 5)),
            new[] { new EventAnswerView(Sample.Sent, "counted", null, null) },
            new ImportedView(
                3, new(StringComparer.Ordinal) { ["counted"] = 1, ["rejected"] = 1 }, 1,
                [new(2, Sample.Sent, "event", "must be a type that the source may send")]),
        ],
    };
}
