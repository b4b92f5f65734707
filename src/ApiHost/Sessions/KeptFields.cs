using System.Collections.Immutable;

namespace Stk.ApiHost.Sessions;

/// <summary>
/// Says of where a form goes which of its fields are kept where the session has ended: the page of the same path takes them
/// from its address.
/// </summary>
internal sealed record KeptFields(ImmutableArray<string> Names);
