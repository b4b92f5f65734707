namespace Stk.GrainInterfaces.Statements;

/// <summary>In which language a statement is drawn. Sent: add at the end, never renumber.</summary>
public enum StatementLanguage
{
    Russian = 1,

    English = 2,
}
