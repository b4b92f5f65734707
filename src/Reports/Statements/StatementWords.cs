using System.Globalization;
using Stk.Reports.Drawing;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Reports.Statements;

/// <summary>
/// What a drawn statement says, in one language. Names of types and levels that the rule book has from elsewhere come out as
/// they are: whoever draws spells what no font has.
/// </summary>
public abstract class StatementWords
{
    private const int NameCharactersMax = 40;

    private protected StatementWords(NumberText numbers) => Numbers = numbers;

    public static StatementWords Russian { get; } = new RussianStatementWords();

    public static StatementWords English { get; } = new EnglishStatementWords();

    internal NumberText Numbers { get; }

    internal abstract string Heading { get; }

    internal abstract string Participant { get; }

    internal abstract string HowTitle { get; }

    /// <summary>
    /// Of the table, in its order: activity, received, counted, over the limit, weight, points, reward, frozen.
    /// </summary>
    internal abstract IReadOnlyList<string> Columns { get; }

    internal abstract string Total { get; }

    internal abstract string ChartTitle { get; }

    internal abstract string AdviceTitle { get; }

    /// <summary>Of the comparison: activity, points before, points now, change.</summary>
    internal abstract IReadOnlyList<string> ComparedColumns { get; }

    internal string Stk(Amount amount) => $"{Numbers.Of(amount)}\u00A0STK";

    /// <summary>In one piece, so that a line ends between two of them.</summary>
    private protected string Unlock(UnlockDay unlock, string format) =>
        $"{unlock.Day.ToString(format, CultureInfo.InvariantCulture).Replace(' ', '\u00A0')}\u00A0–\u00A0{Numbers.Of(unlock.Amount)}";

    internal abstract string Title(WeekId week);

    /// <summary>As in <c>28 June 2026</c>.</summary>
    internal abstract string Day(DateOnly day);

    internal abstract string Standing(Statement statement, Level level);

    internal abstract string Parts(Amount available, Amount frozen);

    /// <summary>Points x qualification x consistency.</summary>
    internal abstract string Formula(Statement statement, Amount full);

    /// <summary>What the fund's factor made of it, as reserved and total.</summary>
    internal abstract string Scaled(Statement statement, Amount full);

    /// <summary>Before the week is posted.</summary>
    internal abstract string FrozenNote(Amount frozen);

    internal abstract string UnlockNote(Amount frozen, IReadOnlyList<UnlockDay> unlocks);

    /// <summary>In place of the table.</summary>
    internal abstract string NothingCounted { get; }

    internal abstract string CorrectionsTitle { get; }

    /// <summary>Below the sum, which has the corrections in it.</summary>
    internal abstract string CorrectedHead(Amount first, Amount corrected);

    internal abstract string Corrected(Correction correction);

    internal abstract string CorrectedSum(Amount sum);

    internal abstract string Days(int days);

    internal abstract string ComparedTitle(WeekId before);

    internal abstract string NothingBefore(WeekId before);

    internal abstract string Compared(Amount before, Amount now, WeekChange change);

    internal abstract string Advise(Advice advice, RuleBook book);

    internal abstract string Origin(WeeklyReport report);

    internal abstract string Hash(string hash);

    internal abstract string Accessible { get; }

    internal abstract string Page(int page, int pages);

    internal abstract string TypeName(string type);

    internal abstract string LevelName(Level level);

    // A name of a rule book's may be a hundred characters without a blank, each of which is spelt.
    private protected string ShownType(string type) => ShownText.Of(TypeName(type), NameCharactersMax);

    private protected string ShownLevel(Level level) => ShownText.Of(LevelName(level), NameCharactersMax);

    private protected static string Whole(long number) =>
        number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
