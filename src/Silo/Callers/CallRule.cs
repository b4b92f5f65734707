using System.Collections.Immutable;
using System.Reflection;
using Orleans.Serialization.Invocation;
using Stk.GrainInterfaces.Callers;
using Stk.Hosting.Tokens;

namespace Stk.Silo.Callers;

/// <summary>Who may call a method from outside the silos, and what the call says of them that must be true.</summary>
internal sealed class CallRule
{
    private readonly ImmutableArray<Statement> _statements;

    private CallRule(CallerRoles who, ImmutableArray<Statement> statements)
    {
        Who = who;
        _statements = statements;
    }

    public CallerRoles Who { get; }

    /// <summary>Of a method, by its attributes; null where it is for the silos alone.</summary>
    public static CallRule? Of(MethodInfo method) =>
        (method.GetCustomAttribute<MayCallAttribute>()?.Who ?? OrleansCalls.Who(method)) is var who and not CallerRoles.None
            ? new(who, [.. method.GetParameters().SelectMany(Statements)])
            : null;

    /// <summary>Whether a token's role and subject may call the actor of this key.</summary>
    public bool Lets(VerifiedToken caller, IdSpan actor) => caller.Role switch
    {
        Role.Participant => Who.HasFlag(CallerRoles.Participant) || (Who.HasFlag(CallerRoles.Self) && caller.Key == actor),
        Role.Operator => Who.HasFlag(CallerRoles.Operator),
        Role.Auditor => Who.HasFlag(CallerRoles.Auditor),
        Role.Ingest => Who.HasFlag(CallerRoles.Source),
        null => Who.HasFlag(caller.IsPagesCode ? CallerRoles.PagesCode : CallerRoles.SignInCode) && caller.Key == actor,
        _ => false,
    };

    /// <summary>What a call says of its caller that is not so; null where all is so.</summary>
    public string? Untruth(IInvokable call, VerifiedToken caller)
    {
        foreach (var statement in _statements)
        {
            var said = call.GetArgument(statement.Parameter);
            if (statement.Member is { } member)
            {
                if (said is null)
                {
                    // A message that is not there says nothing of anybody.
                    continue;
                }

                said = member.GetValue(said);
            }

            if (!IsTrue(statement.Fact, said, caller))
            {
                return statement.Name;
            }
        }

        return null;
    }

    private static bool IsTrue(CallerFact fact, object? said, VerifiedToken caller) => fact switch
    {
        CallerFact.Subject => said is string subject && subject == caller.Subject,
        CallerFact.Role => said is string role && role == caller.Role,
        CallerFact.IsOperator => said is bool isOperator && isOperator == (caller.Role == Role.Operator),
        CallerFact.Expiry => said is DateTimeOffset expires && expires == caller.Expires,
        CallerFact.Nothing => said is null,
        CallerFact.SignedInAt => (DateTimeOffset?)said == caller.SignedInAt,
        _ => false,
    };

    private static IEnumerable<Statement> Statements(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<FromCallerAttribute>() is { } own)
        {
            yield return new(parameter.Position, null, own.Fact, parameter.Name!);
        }

        foreach (var member in parameter.ParameterType.GetProperties())
        {
            if (member.GetCustomAttribute<FromCallerAttribute>() is { } said)
            {
                yield return new(parameter.Position, member, said.Fact, member.Name);
            }
        }
    }

    /// <param name="Member">Of the message in that place; null where the parameter says it itself.</param>
    private sealed record Statement(int Parameter, PropertyInfo? Member, CallerFact Fact, string Name);
}
