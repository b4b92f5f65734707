namespace Stk.Client.Connections;

/// <summary>An answer that says how far the journal was: later reads of the same client are no older.</summary>
internal interface ISequenced
{
    long Sequence { get; }
}
