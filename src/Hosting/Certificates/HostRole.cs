namespace Stk.Hosting.Certificates;

/// <summary>What a certificate says that its holder is.</summary>
public enum HostRole
{
    /// <summary>A silo: it speaks to silos, and answers silos and API hosts.</summary>
    Silo,

    /// <summary>A client of the silos' gateways: an API host. It answers nobody on the cluster's ports.</summary>
    Api,
}
