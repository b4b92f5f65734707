using Stk.Rules.RuleBooks;

namespace Stk.Grains.RuleBooks;

/// <summary>Says which sections of a rule book this build knows, before its silo becomes a member.</summary>
internal sealed class BuildStart(BuildTable builds, ILocalSiloDetails silo) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken) =>
        builds.Say(silo.SiloAddress, RuleBookSections.Known, cancellationToken);
}
