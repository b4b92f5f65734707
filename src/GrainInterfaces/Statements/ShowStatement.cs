using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Statements;

/// <param name="Language">Of what is drawn; the other forms have none.</param>
/// <param name="Known">
/// Tags of what the caller has, each as <see cref="ShownStatement.Tag"/> gave it; <c>*</c> for any.
/// </param>
/// <param name="Revision">From 1; null for the last.</param>
[GenerateSerializer, Immutable, Alias("stk.show-statement")]
public sealed record ShowStatement(
    [property: Id(0)] WeekId Week,
    [property: Id(1)] StatementForm Form,
    [property: Id(2)] StatementLanguage Language,
    [property: Id(3)] ImmutableArray<string> Known,
    [property: Id(4)] int? Revision = null);

/// <param name="Tag">The same exactly where the content is: of its report, renderer, form and language.</param>
/// <param name="Content">Null where the caller has it.</param>
[GenerateSerializer, Immutable, Alias("stk.shown-statement")]
public sealed record ShownStatement([property: Id(0)] string Tag, [property: Id(1)] byte[]? Content);
