namespace Stk.ApiHost.Participants;

internal sealed record ProfileView(string Id, int Level, bool Excluded, DateTimeOffset RegisteredAt);

/// <param name="Level">1 to 8; absent leaves it.</param>
/// <param name="Excluded">True for staff and bots, who earn nothing; absent leaves it.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
internal sealed record ProfileBody(string Reason, int? Level = null, bool? Excluded = null);
