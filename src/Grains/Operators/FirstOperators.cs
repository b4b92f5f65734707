using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Npgsql;
using Stk.GrainInterfaces.Operators;
using Stk.Grains.Registry;

namespace Stk.Grains.Operators;

/// <summary>
/// Enters those whom no two persons of the register can have entered: the operators and auditors that the configuration
/// names, while the register has not two persons who can act as operators, and operators of builds that had no register.
/// </summary>
internal sealed class FirstOperators(
    OperatorRegister register, IOptions<FirstOperatorOptions> options, TimeProvider time)
{
    private const string Configuration = "configuration";
    private const string Upgrade = "upgrade";

    public async Task Enter(CancellationToken cancellation)
    {
        if (!HasTwo(await register.Read(cancellation)))
        {
            foreach (var one in options.Value.First)
            {
                await Enter(
                    _ => new(one.Subject, one.Issuer, one.Role, one.Person ?? one.Subject, one.Participant), one.Issuer,
                    one.Subject, one.Role, Configuration, cancellation);
            }
        }

        foreach (var subject in await register.ReadPredecessors(cancellation))
        {
            await Enter(
                entries => new(
                    subject, OperatorEntry.OwnIssuer, OperatorRegister.OperatorRole,
                    OperatorRegister.PersonFor(subject, entries), Participant: null, IsTakenOver: true),
                OperatorEntry.OwnIssuer, subject, OperatorRegister.OperatorRole, Upgrade, cancellation);
        }
    }

    private bool HasTwo(ImmutableArray<OperatorEntry> entries)
    {
        var now = time.GetUtcNow();
        return entries.Where(entry => entry.Role == OperatorRegister.OperatorRole && entry.IsInForce(now))
            .Select(entry => entry.Person).Distinct().Count() >= 2;
    }

    // Where the subject was ever entered in the role, others have decided about it.
    private async Task Enter(
        Func<ImmutableArray<OperatorEntry>, NewOperator> entering, string issuer, string subject, string role, string by,
        CancellationToken cancellation)
    {
        var known = await register.Read(cancellation);
        if (known.Any(entry => entry.Issuer == issuer && entry.Subject == subject && entry.Role == role))
        {
            return;
        }

        try
        {
            await register.Enter(known, entering(known), by, cancellation);
        }
        catch (PostgresException raced) when (raced.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another silo starts too.
        }
    }
}
