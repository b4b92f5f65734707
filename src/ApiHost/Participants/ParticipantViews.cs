namespace Stk.ApiHost.Participants;

/// <param name="Name">As other people read it; the id where nobody has said one.</param>
/// <param name="Level">In force now, from 1.</param>
/// <param name="LevelName">As the rule book in force has it.</param>
/// <param name="Qualification">The level's coefficient.</param>
/// <param name="Excluded">True for staff and bots, who earn nothing.</param>
/// <param name="Suspended">True where nothing leaves the account.</param>
/// <param name="RegisteredAt">By the economy's clock; null where nobody has heard of this participant yet.</param>
internal sealed record SelfView(
    string Id, string Name, int Level, string LevelName, string Qualification, bool Excluded, bool Suspended,
    DateTimeOffset? RegisteredAt);

/// <param name="Suspended">True where nothing leaves the account until two operators have lifted that.</param>
/// <param name="LeaveFrom">The first day of the latest leave; null where there is none.</param>
/// <param name="LeaveTo">Its last day; null where it has no end yet.</param>
internal sealed record ProfileView(
    string Id, int Level, bool Excluded, DateTimeOffset RegisteredAt, bool Suspended, DateOnly? LeaveFrom = null,
    DateOnly? LeaveTo = null);

/// <param name="Level">1 to 8; absent leaves it, null takes back what operators have said.</param>
/// <param name="Excluded">True for staff and bots, who earn nothing; absent leaves it, null takes it back.</param>
/// <param name="Suspended">
/// Stands alone beside the reason. True stops at once what leaves the account, and ends the participant's tokens of before.
/// False asks that it goes on: another operator must approve.
/// </param>
/// <param name="LeaveFrom">
/// Stands alone beside leaveTo and the reason: the first day of a leave, in which nobody is expected to be active.
/// </param>
/// <param name="LeaveTo">Its last day; absent where it has no end yet.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
internal sealed record ProfileBody(
    string Reason, int? Level = null, bool? Excluded = null, bool? Suspended = null, DateOnly? LeaveFrom = null,
    DateOnly? LeaveTo = null);
