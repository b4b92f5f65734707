using Stk.Rules.Activity;
using Stk.Simulation.Books;

namespace Stk.Simulation.Intakes;

/// <summary>I9 on the simulated tables and against the sources' log: each with what broke it, or null.</summary>
internal static class IntakeChecks
{
    public static string? Violation(IntakeTables tables, IReadOnlyList<SentEvents> log) =>
        AcknowledgedIsThereOnce(tables, log) ?? NothingDoneIsAbsent(tables, log) ?? SealHoldsItsEvents(tables)
        ?? NobodyMetAFault(log);

    private static string? AcknowledgedIsThereOnce(IntakeTables tables, IReadOnlyList<SentEvents> log)
    {
        var brought = new HashSet<(string, Guid)>();
        foreach (var sent in log)
        {
            foreach (var decided in sent.Decision?.Events ?? [])
            {
                var key = (sent.Request.Source, decided.Event.Uuid);
                if (decided.Outcome == EventOutcome.Rejected)
                {
                    continue;
                }

                if (!tables.Events.TryGetValue(key, out var stored))
                {
                    return $"I9: {key} was answered {decided.Outcome} and is not there";
                }

                if (decided.Outcome != EventOutcome.Duplicate)
                {
                    if (!brought.Add(key))
                    {
                        return $"I9: {key} was taken in twice";
                    }

                    if (stored.Outcome != decided.Outcome || stored.Participant != sent.Request.Participant)
                    {
                        return $"I9: {key} was answered {decided.Outcome} and is stored as {stored.Outcome}";
                    }
                }
            }
        }

        return null;
    }

    private static string? NothingDoneIsAbsent(IntakeTables tables, IReadOnlyList<SentEvents> log)
    {
        var told = log.SelectMany(
            sent => sent.Request.Events.Select(activity => (Key: (sent.Request.Source, activity.Uuid), sent.Answer)))
            .GroupBy(entry => entry.Key, entry => entry.Answer);
        foreach (var answers in told)
        {
            if (answers.All(answer => answer == Answer.NothingDone) && tables.Events.ContainsKey(answers.Key))
            {
                return $"I7: of {answers.Key} everybody was told that nothing was committed, and it is there";
            }
        }

        return null;
    }

    // What counts now is what counted when it was sealed: nothing acknowledged was missed, nothing came after.
    private static string? SealHoldsItsEvents(IntakeTables tables)
    {
        foreach (var (week, sealedDays) in tables.Seals)
        {
            if (!sealedDays.SequenceEqual(tables.SealOf(week)))
            {
                return $"I9: the seal of {week} is not what its events come to";
            }
        }

        return null;
    }

    private static string? NobodyMetAFault(IReadOnlyList<SentEvents> log) =>
        log.FirstOrDefault(sent => sent.Answer == Answer.Fault) is { } fault ? $"fault: {fault.Error}" : null;
}
