namespace Stk.Grains.Requests;

/// <summary>The refusal of a request that no rule refuses: there is none.</summary>
internal abstract class NoRefusal
{
    private NoRefusal() { }
}
