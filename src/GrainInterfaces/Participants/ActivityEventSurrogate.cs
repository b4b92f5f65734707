using Stk.Rules.Activity;

namespace Stk.GrainInterfaces.Participants;

/// <summary>How an <see cref="ActivityEvent"/> travels.</summary>
[GenerateSerializer, Immutable, Alias("stk.activity-event")]
public struct ActivityEventSurrogate
{
    [Id(0)]
    public Guid Uuid;

    [Id(1)]
    public string Type;

    [Id(2)]
    public string DistinctId;

    [Id(3)]
    public DateTimeOffset At;

    [Id(4)]
    public int? Days;

    [Id(5)]
    public Guid? Retracts;

    [Id(6)]
    public int? Level;

    [Id(7)]
    public UnreadableProperties Unreadable;

    [Id(8)]
    public Guid? For;

    [Id(9)]
    public bool? Approved;

    [Id(10)]
    public int? Rating;

    [Id(11)]
    public string? Referred;
}

[RegisterConverter]
public sealed class ActivityEventConverter : IConverter<ActivityEvent, ActivityEventSurrogate>
{
    public ActivityEvent ConvertFromSurrogate(in ActivityEventSurrogate surrogate) =>
        new(surrogate.Uuid, surrogate.Type, surrogate.DistinctId, surrogate.At)
        {
            Days = surrogate.Days,
            Retracts = surrogate.Retracts,
            Level = surrogate.Level,
            Unreadable = surrogate.Unreadable,
            For = surrogate.For,
            Approved = surrogate.Approved,
            Rating = surrogate.Rating,
            Referred = surrogate.Referred,
        };

    public ActivityEventSurrogate ConvertToSurrogate(in ActivityEvent value) => new()
    {
        Uuid = value.Uuid,
        Type = value.Type,
        DistinctId = value.DistinctId,
        At = value.At,
        Days = value.Days,
        Retracts = value.Retracts,
        Level = value.Level,
        Unreadable = value.Unreadable,
        For = value.For,
        Approved = value.Approved,
        Rating = value.Rating,
        Referred = value.Referred,
    };
}
