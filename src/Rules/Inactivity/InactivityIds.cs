using System.Globalization;
using Stk.Rules.Causes;
using Stk.Rules.Quarters;

namespace Stk.Rules.Inactivity;

/// <summary>Ids of what a quarter takes and gives back. Participants by their number.</summary>
public static class InactivityIds
{
    /// <param name="attempt">From 1; the next one where the balance had fallen below what was assessed.</param>
    public static Guid Debit(QuarterId quarter, long participant, int attempt) =>
        CauseId.Of("inactivity", quarter.ToString(), Text(participant), Text(attempt));

    /// <summary>What an accepted appeal gives back. One a quarter, so that no number is needed.</summary>
    public static Guid AppealReturn(QuarterId quarter, long participant) =>
        CauseId.Of("inactivity-appeal", quarter.ToString(), Text(participant));

    /// <summary>What is given back once to somebody who has come back.</summary>
    public static Guid Restoration(QuarterId quarter, long participant) =>
        CauseId.Of("inactivity-restoration", quarter.ToString(), Text(participant));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
