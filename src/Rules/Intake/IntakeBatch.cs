using System.Collections.Immutable;
using Stk.Rules.Activity;

namespace Stk.Rules.Intake;

/// <summary>One participant's events of one request.</summary>
/// <param name="Source">The ingest token's subject.</param>
/// <param name="Events">In the order sent; well-formed, all with the same distinct id.</param>
/// <param name="Now">By the economy's clock.</param>
public sealed record IntakeBatch(string Source, ImmutableArray<ActivityEvent> Events, DateTimeOffset Now);
