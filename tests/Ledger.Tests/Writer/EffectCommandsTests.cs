using System.Text;
using Npgsql;
using Stk.Ledger.Effects;
using Stk.Ledger.Tests.Books;
using Stk.Ledger.Writer;
using Xunit;

namespace Stk.Ledger.Tests.Writer;

public sealed class EffectCommandsTests
{
    private static readonly DateTimeOffset At = new(2025, 12, 18, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Effects_of_a_kind_are_written_by_one_command_and_others_by_one_each_in_their_order()
    {
        var first = Sample.Transfer("1", 1, 2, 1, new Alone("a"), new Grouped((EffectKind)901, "b"));
        var second = Sample.Transfer(
            "2", 1, 2, 1, new Grouped((EffectKind)902, "c"), new Grouped((EffectKind)901, "d"), new Alone("e"));
        using var batch = new NpgsqlBatch();

        EffectCommands.AddTo(batch, [first, second], sequence: 7, At);

        Assert.Equal(
            ["a", $"b of {first.Id}, d of {second.Id}", $"c of {second.Id}", "e"],
            Texts(batch));
    }

    [Fact]
    public void A_grouped_effect_alone_is_a_group_of_one()
    {
        var transaction = Sample.Transfer("1", 1, 2, 1, new Grouped((EffectKind)901, "b"));
        using var batch = new NpgsqlBatch();

        transaction.Effects[0].AddCommands(batch, new(transaction.Id, 7, At));

        Assert.Equal([$"b of {transaction.Id}"], Texts(batch));
    }

    private static IEnumerable<string> Texts(NpgsqlBatch batch) =>
        ((IEnumerable<NpgsqlBatchCommand>)batch.BatchCommands).Select(command => command.CommandText);

    private sealed record Alone(string Text) : IEffect
    {
        public EffectKind Kind => (EffectKind)900;

        public ReadOnlyMemory<byte> CanonicalBytes => Encoding.UTF8.GetBytes(Text);

        public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(new(Text));
    }

    private sealed record Grouped(EffectKind Kind, string Text) : IGroupedEffect
    {
        public ReadOnlyMemory<byte> CanonicalBytes => Encoding.UTF8.GetBytes(Text);

        public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group) => batch.BatchCommands.Add(new(
            string.Join(", ", group.Select(posted => $"{((Grouped)posted.Effect).Text} of {posted.Context.TransactionId}"))));
    }
}
