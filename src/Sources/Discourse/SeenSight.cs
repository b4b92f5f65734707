namespace Stk.Sources.Discourse;

/// <summary>Something that was seen of the club, and when and how.</summary>
public readonly record struct SeenSight(ClubSight Sight, Sighting Seen);
