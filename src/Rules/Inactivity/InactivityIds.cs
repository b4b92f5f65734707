using System.Globalization;
using Stk.Rules.Causes;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;

namespace Stk.Rules.Inactivity;

/// <summary>Ids of what a quarter takes and gives back. Participants by their number.</summary>
public static class InactivityIds
{
    /// <param name="attempt">
    /// From 1; the next one where the ledger has refused the one before, because the balance had fallen below it.
    /// </param>
    public static Guid Debit(QuarterId quarter, long participant, int attempt) =>
        CauseId.Of("inactivity", quarter.ToString(), Text(participant), Text(attempt));

    /// <summary>What an accepted appeal gives back.</summary>
    /// <param name="request">That accepts it: an attempt, which the ledger may refuse where the fund holds less.</param>
    public static Guid AppealReturn(QuarterId quarter, long participant, Guid request) =>
        CauseId.Of("inactivity-appeal", quarter.ToString(), Text(participant), request.ToString());

    /// <summary>What is given back once to somebody who has come back.</summary>
    /// <param name="week">Whose settlement pays it: an attempt, as that of an appeal.</param>
    public static Guid Restoration(QuarterId quarter, long participant, WeekId week) =>
        CauseId.Of("inactivity-restoration", quarter.ToString(), Text(participant), week.ToString());

    /// <summary>As builds before <see cref="AppealReturn"/> named requests called what an accepted appeal gives back.</summary>
    public static Guid EarlierAppealReturn(QuarterId quarter, long participant) =>
        CauseId.Of("inactivity-appeal", quarter.ToString(), Text(participant));

    /// <summary>As builds before <see cref="Restoration"/> named weeks called a restoration.</summary>
    public static Guid EarlierRestoration(QuarterId quarter, long participant) =>
        CauseId.Of("inactivity-restoration", quarter.ToString(), Text(participant));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
