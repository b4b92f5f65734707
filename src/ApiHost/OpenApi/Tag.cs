namespace Stk.ApiHost.OpenApi;

/// <summary>A heading of the API's description.</summary>
/// <param name="Meaning">What stands under it, in a sentence.</param>
internal sealed record Tag(string Name, string Meaning);
