namespace Stk.Storage.Sql;

/// <summary>
/// Each with the number of its lock: for ever, since an earlier build takes it too, and none that anything else locks.
/// </summary>
public enum NumberedTable
{
    Revocations = 8301,
    Suspensions = 8302,
    Leaves = 8317,
    Links = 8321,
}
