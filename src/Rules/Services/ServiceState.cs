namespace Stk.Rules.Services;

/// <summary>Stored and sent: add at the end, never renumber.</summary>
public enum ServiceState : short
{
    /// <summary>By a provider; nobody can buy it yet.</summary>
    Proposed = 1,

    Admitted = 2,
    Withdrawn = 3,
}
