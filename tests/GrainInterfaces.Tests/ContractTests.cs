using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.Grains;
using Stk.Testing;

namespace Stk.GrainInterfaces.Tests;

/// <summary>
/// docs/decisions: messages are forwards-compatible. A silo of the last build and one of this run side by side during an
/// upgrade, so a line of <c>contracts.txt</c> is never changed or removed, only added to. What a decision lets go keeps
/// its line, with the word <c>retired</c> before it: its name and number are not given away again.
/// </summary>
public sealed class ContractTests
{
    private static readonly ImmutableSortedSet<string> Now =
        Contract.Of(typeof(IParticipantGrain).Assembly, typeof(GrainStorage).Assembly);

    private static readonly string Snapshot =
        Path.Combine(Repository.Root, "tests", "GrainInterfaces.Tests", "contracts.txt");

    private const string Gone = "retired ";

    private static readonly string[] Retired =
        [.. File.ReadAllLines(Snapshot).Where(line => line.StartsWith(Gone, StringComparison.Ordinal))];

    private static readonly string[] Kept = [.. File.ReadAllLines(Snapshot).Except(Retired)];

    [Fact]
    public void No_alias_id_or_stored_name_in_use_has_changed_its_meaning_or_gone() => Assert.Empty(Kept.Except(Now));

    [Fact]
    public void No_id_or_stored_name_that_was_retired_is_given_away_again()
    {
        var retired = Retired.Select(line => Key(line[Gone.Length..])).ToHashSet();

        Assert.NotEmpty(retired);
        Assert.DoesNotContain(Now, line => retired.Contains(Key(line)));
    }

    [Fact]
    public void What_is_new_is_written_down_in_contracts_txt_from_its_first_build_on()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllLines(Snapshot, Kept.Union(Now).Union(Retired).Order(StringComparer.Ordinal));
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

    // member ALIAS ID, method ALIAS NAME, stored STATE NAME.
    private static string Key(string line) => string.Join(' ', line.Split(' ', ':', '(').Take(3));
}
