using System.Collections.Immutable;
using System.Text;
using Stk.Rules.Activity;
using Stk.Rules.Sources;
using Stk.Sources.PostHog;
using Stk.Sources.Reading;
using Stk.Sources.Tests.Samples;

namespace Stk.Sources.Tests.PostHog;

public sealed class PostHogNamesTests
{
    [Fact]
    public void Asked_for_is_what_may_be_sent_by_the_names_that_posthog_has_for_it() => Assert.Equal(
        ["$pageview", "ClubPost", "ClubPostRetracted", "PageViewRetracted"],
        PostHogNames.Of(With(
            ["PageView", "ClubPost"],
            ("$pageview", "PageView"), ("PageView", "Other"), ("exercise_save", "ExerciseSave")))!);

    [Fact]
    public void A_source_that_may_send_all_is_asked_for_all_and_one_that_may_send_none_for_nothing()
    {
        Assert.Null(PostHogNames.Of(With(null)));
        Assert.Empty(PostHogNames.Of(With([]))!);
    }

    // What cannot be taken in is kept as a delivery would have had it: an operator lets it in by the same reader.
    [Fact]
    public void A_row_is_kept_in_the_form_of_a_delivery()
    {
        var page = """
            {"columns":["timestamp","uuid","event","distinct_id","properties"],"hasMore":false,"results":[
              ["2026-03-03 08:00:01.500000","0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a1","section_completed","u-11","{\"a\":1}"]]}
            """u8.ToArray();

        var text = PostHogQuery.Text(page, 0);

        var body = PostHogEvents.ReadWebhook(Encoding.UTF8.GetBytes(text), Settings.PostHog);
        var read = Assert.IsType<ForeignBody.Read>(body);
        var activity = Assert.IsType<ForeignItem.Wellformed>(Assert.Single(read.Items)).Event.Activity;
        Assert.Equal(
            new ActivityEvent(
                new("0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a1"), "SectionCompleted", "u-11",
                new(2026, 3, 3, 8, 0, 1, 500, TimeSpan.Zero)),
            activity);
    }

    private static SourceSettings With(ImmutableHashSet<string>? types, params (string Name, string Type)[] map) =>
        Settings.PostHog with
        {
            Types = types,
            Map = map.ToImmutableDictionary(entry => entry.Name, entry => entry.Type),
        };
}
