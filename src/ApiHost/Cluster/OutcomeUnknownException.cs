namespace Stk.ApiHost.Cluster;

/// <summary>A call that changes something got no answer: it may have landed or not.</summary>
internal sealed class OutcomeUnknownException(Exception? inner)
    : Exception("the cluster did not answer; the outcome is unknown", inner);
