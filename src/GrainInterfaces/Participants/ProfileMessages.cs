using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;

namespace Stk.GrainInterfaces.Participants;

/// <param name="Level">1 to 8.</param>
/// <param name="IsExcluded">Staff and bots earn nothing.</param>
/// <param name="RegisteredAt">By the economy's clock.</param>
/// <param name="Key">Of the change that this answers.</param>
/// <param name="Broken">
/// Why nobody new gets the id, which nobody has: nothing has changed. Null where that is not so.
/// </param>
/// <param name="Refusal">Why nothing has changed, and what stands is shown; null where nobody was refused.</param>
[GenerateSerializer, Immutable, Alias("stk.profile")]
public sealed record ProfileReply(
    [property: Id(0)] string Id,
    [property: Id(1)] int Level,
    [property: Id(2)] bool IsExcluded,
    [property: Id(3)] DateTimeOffset RegisteredAt,
    [property: Id(4)] KeyUse Key = KeyUse.First,
    [property: Id(5)] string? Broken = null,
    [property: Id(6)] ProfileRefusal? Refusal = null);

/// <summary>Why a profile was not changed. Sent: add at the end, never renumber.</summary>
public enum ProfileRefusal
{
    /// <summary>Who asks is no operator by the register.</summary>
    OperatorUnknown = 1,

    /// <summary>Nobody changes as an operator what is their own.</summary>
    OwnAffair = 2,
}

/// <param name="Level">1 to 8; null leaves it.</param>
/// <param name="IsExcluded">Null leaves it.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
/// <param name="Key">Null where the caller gave none.</param>
/// <param name="TakesBackLevel">Takes back operators' word on the level: sources' counts again.</param>
/// <param name="TakesBackExclusion">Takes back operators' word on the exclusion: there is none.</param>
[GenerateSerializer, Immutable, Alias("stk.change-profile")]
public sealed record ChangeProfileRequest(
    [property: Id(0)] int? Level,
    [property: Id(1)] bool? IsExcluded,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By,
    [property: Id(4)] RequestKey? Key = null,
    [property: Id(5)] bool TakesBackLevel = false,
    [property: Id(6)] bool TakesBackExclusion = false);
