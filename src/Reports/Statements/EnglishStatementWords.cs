using System.Diagnostics;
using Stk.Reports.Drawing;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Reports.Statements;

internal sealed class EnglishStatementWords() : StatementWords(NumberText.English)
{
    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ];

    internal override string Heading => "STK · weekly statement";

    internal override string Participant => "Participant: ";

    internal override string HowTitle => "How the reward came about";

    internal override IReadOnlyList<string> Columns =>
        ["Activity", "Received", "Counted", "Over the limit", "Weight", "Points", "Reward, STK", "Frozen for"];

    internal override string Total => "Total";

    internal override string ChartTitle => "Rewards of eight weeks, whole STK";

    internal override string AdviceTitle => "What would have brought more";

    internal override IReadOnlyList<string> ComparedColumns => ["Points by activity", "Before", "Now", "Change"];

    internal override string Accessible => "The accessible form of this statement is in the cabinet";

    internal override string Title(WeekId week)
    {
        var (first, last) = (week.Monday, week.Sunday);
        var end = $"{Whole(last.Day)}\u00A0{Months[last.Month - 1]} {Whole(last.Year)}";
        var begin = first.Year != last.Year ? $"{Whole(first.Day)}\u00A0{Months[first.Month - 1]} {Whole(first.Year)} – "
            : first.Month != last.Month ? $"{Whole(first.Day)}\u00A0{Months[first.Month - 1]} – "
            : $"{Whole(first.Day)}–";
        return $"Week {week}: {begin}{end}";
    }

    internal override string Day(DateOnly day) => $"{Whole(day.Day)}\u00A0{Months[day.Month - 1]} {Whole(day.Year)}";

    internal override string Standing(Statement statement, Level level) =>
        $"Weeks in a row: {Numbers.Of(statement.Streak)}. Level {Numbers.Of(level.Number)}: ";

    internal override string Parts(Amount available, Amount frozen) => frozen == Amount.Zero
        ? "Available at once"
        : $"Available at once: {Stk(available)}. Frozen: {Stk(frozen)}.";

    internal override string Formula(Statement statement, Amount full) =>
        $"{Numbers.Of(statement.Points)}\u00A0{(statement.Points == 1 ? "point" : "points")} "
        + $"× {Numbers.Of(statement.Qualification)} (qualification) × {Numbers.Of(statement.Consistency)} (consistency) "
        + $"= {Stk(full)}";

    internal override string Scaled(Statement statement, Amount full) =>
        $"All rewards of the week came to {Stk(statement.Total)}, and the fund held {Stk(statement.Reserved)}: "
        + $"{Stk(full)} × {Numbers.Of(statement.Reserved)} / {Numbers.Of(statement.Total)} = {Stk(statement.Reward)}";

    internal override string FrozenNote(Amount frozen) =>
        $"{Stk(frozen)} is frozen: each part for as many days from the posting as stand under “Frozen for”.";

    internal override string UnlockNote(Amount frozen, IReadOnlyList<UnlockDay> unlocks) =>
        $"{Stk(frozen)} is frozen. The freeze ends: "
        + string.Join("; ", unlocks.Select(unlock => Unlock(unlock, "d MMM yyyy"))) + ".";

    internal override string NothingCounted => "No activity was counted in this week.";

    internal override string CorrectionsTitle => "Corrections";

    internal override string CorrectedHead(Amount first, Amount corrected) =>
        $"Corrected: the week itself gave {Stk(first)}, corrections came to {Numbers.Change(corrected)}\u00A0STK.";

    internal override string Corrected(Correction correction) =>
        $"Revision {Numbers.Of(correction.Revision)}, {Date(DateOnly.FromDateTime(correction.At.UtcDateTime))}: "
        + $"{Numbers.Change(correction.Amount)}\u00A0STK. Reason: “{ShownText.Of(correction.Reason)}”";

    internal override string CorrectedSum(Amount sum) => $"Total with corrections: {Stk(sum)}";

    internal override string Days(int days) => $"{Numbers.Of(days)}\u00A0{(days == 1 ? "day" : "days")}";

    internal override string ComparedTitle(WeekId before) => $"Beside week {before}";

    internal override string NothingBefore(WeekId before) => $"Week {before} gave nothing: there is nothing to compare.";

    internal override string Compared(Amount before, Amount now, WeekChange change) =>
        $"Reward: {Stk(before)} before, {Stk(now)} now"
        + (change.Reward == Amount.Zero
            ? ", the same."
            : $", a change of {Numbers.Change(change.Reward)}\u00A0STK{Percent(change)}.");

    internal override string Advise(Advice advice, RuleBook book) => advice switch
    {
        Advice.Limit limit =>
            $"“{ShownType(limit.Type)}”: on the days on which you did it, the limit left {Numbers.Of(limit.Unused)} more "
            + $"({Numbers.Of(limit.Points)}\u00A0{(limit.Points == 1 ? "point" : "points")}). "
            + $"That would have brought {Stk(limit.Worth)} more.",
        Advice.LongerStreak streak =>
            $"{Numbers.Of(streak.Weeks)} weeks in a row give a coefficient of {Numbers.Of(streak.Coefficient)}: be active in "
            + $"the next week too. A week like this one will bring {Stk(streak.Worth)} more.",
        Advice.KeptStreak kept =>
            $"Keep your row of {Numbers.Of(kept.Weeks)} {(kept.Weeks == 1 ? "week" : "weeks")}: without its coefficient of "
            + $"{Numbers.Of(kept.Coefficient)} this week would have brought {Stk(kept.Worth)} less.",
        Advice.NextLevel next =>
            $"Level {Numbers.Of(next.Level)} (“{ShownLevel(book.LevelOf(next.Level))}”) has a coefficient of "
            + $"{Numbers.Of(next.Coefficient)}: a week like this one would have brought {Stk(next.Worth)} more.",
        _ => throw new UnreachableException(),
    };

    internal override string Origin(WeeklyReport report) =>
        $"Rules: version {Numbers.Of(report.Statement.Rules)}. Revision of the statement: {Numbers.Of(report.Revision)}. "
        + $"Renderer: {Numbers.Of(Renderer.Number)}.";

    internal override string Hash(string hash) => $"SHA-256 of the statement (JSON): {hash}";

    internal override string Page(int page, int pages) => $"page {Numbers.Of(page)} of {Numbers.Of(pages)}";

    // The source's own; others are shown as the rule book has them.
    internal override string LevelName(Level level) => level.Name switch
    {
        "Первокурсник" => "First-year student",
        "Стажёр" => "Trainee",
        "Практик" => "Practitioner",
        "Специалист" => "Specialist",
        "Эксперт" => "Expert",
        "Мастер" => "Master",
        "Наставник" => "Mentor",
        "Общественный деятель" => "Public figure",
        _ => level.Name,
    };

    internal override string TypeName(string type) => type switch
    {
        "SectionCompleted" => "Section read",
        "ExerciseSave" => "Exercise done",
        "ClubPostCreated" => "Post written",
        "ClubLikeGiven" => "Like given",
        "ClubLikeReceived" => "Like received",
        "ClubCommentCreated" => "Comment written",
        "ClubCommentReceived" => "Comment received",
        "CourseCompleted" => "Course completed",
        "PeerReviewCompleted" => "Peer review done",
        "ProjectMilestoneCompleted" => "Project milestone reached",
        "MentoringSessionCompleted" => "Mentoring session",
        "ReferralActivated" => "Invited person active",
        _ => type,
    };

    private static string Date(DateOnly day) => $"{Whole(day.Day)}\u00A0{Months[day.Month - 1]}\u00A0{Whole(day.Year)}";

    private string Percent(WeekChange change) =>
        change.Percent is { } percent ? $" ({Numbers.Change(percent)}%)" : "";
}
