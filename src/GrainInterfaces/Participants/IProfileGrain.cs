using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Participants;

/// <summary>
/// A participant's level and exclusion, as operators know and change them, and as the participant sees them. The same
/// actor as <see cref="IEarnerGrain"/>, by the same key.
/// </summary>
[Alias("stk.participant-profile")]
public interface IProfileGrain : IGrainWithStringKey
{
    /// <summary>Level, exclusion and their latest change; null where nobody has this id.</summary>
    [Alias("profile"), MayCall(CallerRoles.Office)]
    Task<ProfileReply?> GetProfile();

    /// <summary>Where the participant stands; of one that nobody has heard of, where a new one would.</summary>
    [Alias("standing"), MayCall(CallerRoles.Readers)]
    Task<StandingReply> GetStanding();

    /// <summary>Sets level and exclusion from now on, registering the participant where needed.</summary>
    [Alias("change-profile"), MayCall(CallerRoles.Operator)]
    Task<ProfileReply> ChangeProfile(ChangeProfileRequest request, CancellationToken cancellation);
}
