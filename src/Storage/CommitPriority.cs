namespace Stk.Storage;

/// <summary>Which waits for which: an interactive item goes before every bulk one.</summary>
public enum CommitPriority
{
    /// <summary>Somebody waits for the answer.</summary>
    Interactive = 0,

    /// <summary>Part of a run. Gets what is left of a batch, and always one place.</summary>
    Bulk = 1,
}
