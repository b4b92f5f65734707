using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Participants;

/// <summary>Levels and exclusion. What the topic brings beside its endpoints.</summary>
internal static class ParticipantTopic
{
    public static Topic Topic => new(ParticipantJson.Default, SharedTags.Self)
    {
        Examples =
        [
            new ProfileView("ann", 3, Excluded: false, Sample.At, Suspended: false),
            new SelfView("ann", "ann", 3, "Практик", "1.5", Excluded: false, Suspended: false, Sample.At),
            new ProfileBody("passed the exam", 4),
        ],
    };
}
