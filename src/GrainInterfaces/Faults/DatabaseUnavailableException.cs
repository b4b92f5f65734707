namespace Stk.GrainInterfaces.Faults;

/// <summary>The database cannot be used at the moment. Nothing was committed; asking again later is safe.</summary>
[GenerateSerializer, Alias("stk.fault.storage")]
public sealed class DatabaseUnavailableException(string message) : Exception(message);
