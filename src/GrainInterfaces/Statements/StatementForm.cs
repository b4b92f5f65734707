namespace Stk.GrainInterfaces.Statements;

/// <summary>What a statement is shown as. Sent: add at the end, never renumber.</summary>
public enum StatementForm
{
    /// <summary>As it is stored, for programs.</summary>
    Json = 1,

    /// <summary>Its lines, for programs.</summary>
    Csv = 2,

    /// <summary>Its report drawn, for people.</summary>
    Pdf = 3,
}
