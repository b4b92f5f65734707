namespace Stk.ApiHost.Cluster;

/// <summary>Nothing has been asked, or only something that changes nothing, and there is no answer.</summary>
internal sealed class ClusterUnavailableException(Exception? inner)
    : Exception("the cluster cannot be reached", inner);
