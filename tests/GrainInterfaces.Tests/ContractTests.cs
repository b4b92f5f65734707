using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.Grains;
using Stk.Testing;

namespace Stk.GrainInterfaces.Tests;

/// <summary>
/// docs/decisions: messages are forwards-compatible. A silo of the last build and one of this run side by side during an
/// upgrade, so a line of <c>contracts.txt</c> is never changed or removed, only added to.
/// </summary>
public sealed class ContractTests
{
    private static readonly ImmutableSortedSet<string> Now =
        Contract.Of(typeof(IParticipantGrain).Assembly, typeof(GrainStorage).Assembly);

    private static readonly string Snapshot =
        Path.Combine(Repository.Root, "tests", "GrainInterfaces.Tests", "contracts.txt");

    private static readonly string[] Kept = File.ReadAllLines(Snapshot);

    [Fact]
    public void No_alias_or_id_in_use_has_changed_its_meaning_or_gone() => Assert.Empty(Kept.Except(Now));

    [Fact]
    public void What_is_new_is_written_down_in_contracts_txt_from_its_first_build_on()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllLines(Snapshot, Kept.Union(Now).Order(StringComparer.Ordinal));
            return;
        }

        Assert.Empty(Now.Except(Kept));
    }

    [Fact]
    public void Each_id_of_a_type_and_each_method_alias_means_one_thing()
    {
        var names = Now.Where(line => line.StartsWith("member ", StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split(' ')[..3]))
            .Concat(Now.Where(line => line.StartsWith("method ", StringComparison.Ordinal))
                .Select(line => line[..line.IndexOf('(', StringComparison.Ordinal)]));
        Assert.All(names.CountBy(name => name), count => Assert.Equal(1, count.Value));
    }
}
