using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Clocks;

/// <summary>The economy's clock. What the topic brings beside its endpoints.</summary>
internal static class ClockTopic
{
    public static Topic Topic => new(ClockJson.Default, SharedTags.Operation)
    {
        Problems = ClockProblems.All,
        Examples =
        [
            new ClockView(Sample.At, Sample.At, null, Manual: true, Standing: true, null, null, Sample.At.AddDays(-30)),
            new ClockBody(Sample.At),
            new ResumeBody("the clock is right again"),
        ],
    };
}
