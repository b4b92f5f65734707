namespace Stk.ApiHost.Participants;

/// <param name="Suspended">True where nothing leaves the account until two operators have lifted that.</param>
internal sealed record ProfileView(string Id, int Level, bool Excluded, DateTimeOffset RegisteredAt, bool Suspended);

/// <param name="Level">1 to 8; absent leaves it, null takes back what operators have said.</param>
/// <param name="Excluded">True for staff and bots, who earn nothing; absent leaves it, null takes it back.</param>
/// <param name="Suspended">
/// Stands alone beside the reason. True stops at once what leaves the account, and ends the participant's tokens of before.
/// False asks that it goes on: another operator must approve.
/// </param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
internal sealed record ProfileBody(string Reason, int? Level = null, bool? Excluded = null, bool? Suspended = null);
