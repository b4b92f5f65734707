using System.Diagnostics;
using Stk.Reports.Drawing;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Reports.Statements;

internal sealed class RussianStatementWords() : StatementWords(NumberText.Russian)
{
    private static readonly string[] Months =
    [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ];

    internal override string Heading => "STK · недельная расшифровка начислений";

    internal override string Participant => "Участник: ";

    internal override string HowTitle => "Как получилось вознаграждение";

    internal override IReadOnlyList<string> Columns =>
        ["Активность", "Получено", "Засчитано", "Сверх лимита", "Вес", "Баллы", "Вознаграждение, STK", "Заморозка"];

    internal override string Total => "Итого";

    internal override string ChartTitle => "Вознаграждение за восемь недель, целых STK";

    internal override string AdviceTitle => "Что увеличило бы вознаграждение";

    internal override IReadOnlyList<string> ComparedColumns => ["Баллы по активностям", "Было", "Стало", "Разница"];

    internal override string Accessible => "Доступная форма расшифровки — в личном кабинете";

    internal override string Title(WeekId week)
    {
        var (first, last) = (week.Monday, week.Sunday);
        var end = $"{Whole(last.Day)}\u00A0{Months[last.Month - 1]} {Whole(last.Year)}";
        var begin = first.Year != last.Year ? $"{Whole(first.Day)}\u00A0{Months[first.Month - 1]} {Whole(first.Year)} – "
            : first.Month != last.Month ? $"{Whole(first.Day)}\u00A0{Months[first.Month - 1]} – "
            : $"{Whole(first.Day)}–";
        return $"Неделя {week}: {begin}{end}";
    }

    internal override string Day(DateOnly day) => $"{Whole(day.Day)}\u00A0{Months[day.Month - 1]} {Whole(day.Year)}";

    internal override string Standing(Statement statement, Level level) =>
        $"Недель подряд: {Numbers.Of(statement.Streak)}. Уровень {Numbers.Of(level.Number)}: ";

    internal override string Parts(Amount available, Amount frozen) => frozen == Amount.Zero
        ? "Доступно сразу"
        : $"Доступно сразу: {Stk(available)}. Заморожено: {Stk(frozen)}.";

    internal override string Formula(Statement statement, Amount full) =>
        $"{Numbers.Of(statement.Points)}\u00A0{Points(statement.Points)} "
        + $"× {Numbers.Of(statement.Qualification)} (квалификация) × {Numbers.Of(statement.Consistency)} (систематичность) "
        + $"= {Stk(full)}";

    internal override string Scaled(Statement statement, Amount full) =>
        $"Всем за неделю причиталось {Stk(statement.Total)}, а в фонде нашлось {Stk(statement.Reserved)}: "
        + $"{Stk(full)} × {Numbers.Of(statement.Reserved)} / {Numbers.Of(statement.Total)} = {Stk(statement.Reward)}";

    internal override string FrozenNote(Amount frozen) =>
        $"{Stk(frozen)} заморожено: каждая часть ждёт столько дней со дня начисления, сколько стоит в столбце «Заморозка».";

    internal override string UnlockNote(Amount frozen, IReadOnlyList<UnlockDay> unlocks) =>
        $"{Stk(frozen)} заморожено. Срок заморозки истекает: "
        + string.Join("; ", unlocks.Select(unlock => Unlock(unlock, "dd.MM.yyyy"))) + ".";

    internal override string NothingCounted => "За эту неделю засчитанных активностей нет.";

    internal override string CorrectionsTitle => "Исправления";

    internal override string CorrectedHead(Amount first, Amount corrected) =>
        $"Исправлено: по итогам недели было {Stk(first)}, исправления: {Numbers.Change(corrected)}\u00A0STK.";

    internal override string Corrected(Correction correction) =>
        $"Редакция {Numbers.Of(correction.Revision)}, {Date(DateOnly.FromDateTime(correction.At.UtcDateTime))}: "
        + $"{Numbers.Change(correction.Amount)}\u00A0STK. Причина: «{ShownText.Of(correction.Reason)}»";

    internal override string CorrectedSum(Amount sum) => $"Итого с исправлениями: {Stk(sum)}";

    internal override string Days(int days) =>
        $"{Numbers.Of(days)}\u00A0{RussianPlural.Of(days, "день", "дня", "дней")}";

    internal override string ComparedTitle(WeekId before) => $"По сравнению с неделей {before}";

    internal override string NothingBefore(WeekId before) => $"За неделю {before} начислений не было: сравнивать не с чем.";

    internal override string Compared(Amount before, Amount now, WeekChange change) =>
        $"Вознаграждение: было {Stk(before)}, стало {Stk(now)}"
        + (change.Reward == Amount.Zero
            ? ", столько же."
            : $", разница {Numbers.Change(change.Reward)}\u00A0STK{Percent(change)}.");

    internal override string Advise(Advice advice, RuleBook book) => advice switch
    {
        Advice.Limit limit =>
            $"«{ShownType(limit.Type)}»: в дни, когда вы это делали, лимит позволял ещё {Numbers.Of(limit.Unused)}\u00A0"
            + $"{RussianPlural.Of(limit.Unused, "раз", "раза", "раз")} "
            + $"({Numbers.Of(limit.Points)}\u00A0{Points(limit.Points)}). "
            + $"Это принесло бы ещё {Stk(limit.Worth)}.",
        Advice.LongerStreak streak =>
            $"{Numbers.Of(streak.Weeks)}\u00A0{Weeks(streak.Weeks)} подряд дают коэффициент "
            + $"{Numbers.Of(streak.Coefficient)}: будьте активны и на следующей неделе. Такая же неделя принесёт на {Stk(streak.Worth)} больше.",
        Advice.KeptStreak kept =>
            $"Не прерывайте серию ({Numbers.Of(kept.Weeks)}\u00A0{Weeks(kept.Weeks)} подряд): "
            + $"без её коэффициента {Numbers.Of(kept.Coefficient)} эта неделя принесла бы на {Stk(kept.Worth)} меньше.",
        Advice.NextLevel next =>
            $"Уровень {Numbers.Of(next.Level)} («{ShownLevel(book.LevelOf(next.Level))}») даёт коэффициент "
            + $"{Numbers.Of(next.Coefficient)}: такая же неделя принесла бы на {Stk(next.Worth)} больше.",
        _ => throw new UnreachableException(),
    };

    internal override string Origin(WeeklyReport report) =>
        $"Правила: версия {Numbers.Of(report.Statement.Rules)}. Редакция расшифровки: {Numbers.Of(report.Revision)}. "
        + $"Отрисовка: {Numbers.Of(Renderer.Number)}.";

    internal override string Hash(string hash) => $"SHA-256 расшифровки (JSON): {hash}";

    internal override string Page(int page, int pages) => $"страница {Numbers.Of(page)} из {Numbers.Of(pages)}";

    internal override string LevelName(Level level) => level.Name;

    internal override string TypeName(string type) => type switch
    {
        "SectionCompleted" => "Чтение раздела",
        "ExerciseSave" => "Выполнение задания",
        "ClubPostCreated" => "Написание поста",
        "ClubLikeGiven" => "Поставленный лайк",
        "ClubLikeReceived" => "Полученный лайк",
        "ClubCommentCreated" => "Написание комментария",
        "ClubCommentReceived" => "Получение комментария",
        "CourseCompleted" => "Завершение курса",
        "PeerReviewCompleted" => "Проведение peer review",
        "ProjectMilestoneCompleted" => "Завершение этапа проекта",
        "MentoringSessionCompleted" => "Сессия менторства",
        "ReferralActivated" => "Активность приведённого",
        _ => type,
    };

    private static string Points(long points) => RussianPlural.Of(points, "балл", "балла", "баллов");

    private static string Weeks(long weeks) => RussianPlural.Of(weeks, "неделя", "недели", "недель");

    private static string Date(DateOnly day) => $"{Whole(day.Day)}\u00A0{Months[day.Month - 1]}\u00A0{Whole(day.Year)}";

    private string Percent(WeekChange change) =>
        change.Percent is { } percent ? $" ({Numbers.Change(percent)}\u00A0%)" : "";
}
