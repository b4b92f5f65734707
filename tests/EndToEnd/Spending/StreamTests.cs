using Stk.Client.Balances;
using Stk.Rules.Money;

namespace Stk.EndToEnd.Spending;

[Collection(SpendingCollection.Name)]
public sealed class StreamTests(SpendingEconomy spending)
{
    // Six receivers over two silos: some are on the sender's, some are not. That it takes less than a second is measured by
    // ./stk bench spending.
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task A_transfer_is_in_the_receivers_stream(int number)
    {
        var reader = $"reader-{number}";
        using var sender = await spending.Client("sender");
        using var receiver = await spending.Client(reader, number % 2 == 0 ? spending.SecondAddress : null);
        using var end = HangLimit.StepSource();
        await using var balances = receiver.Balances.Follow(cancellation: end.Token).GetAsyncEnumerator(end.Token);
        Assert.True(await balances.MoveNextAsync());
        var before = balances.Current.Available;

        var next = balances.MoveNextAsync();
        await sender.Spending.Transfer(reader, Amount.OfStk(7));
        Assert.True(await next);

        Assert.Equal(before + Amount.OfStk(7), balances.Current.Available);
    }

    [Fact]
    public async Task What_happened_while_nobody_listened_is_told_to_who_comes_back()
    {
        using var sender = await spending.Client("sender");
        using var receiver = await spending.Client("bob");
        Balance seen;
        using (var end = HangLimit.StepSource())
        {
            await using var first = receiver.Balances.Follow(cancellation: end.Token).GetAsyncEnumerator(end.Token);
            Assert.True(await first.MoveNextAsync());
            seen = first.Current;
        }

        await sender.Spending.Transfer("bob", Amount.OfStk(3));
        using var http = new HttpClient { BaseAddress = spending.SecondAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tokenomics/balance/stream");
        request.Headers.Authorization = new("Bearer", await spending.Economy.Token("participant", "bob"));
        request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{seen.Sequence}");
        using var limit = HangLimit.StepSource();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        string? line;
        do
        {
            line = await lines.ReadLineAsync(limit.Token);
        }
        while (line is not null && !line.StartsWith("data:", StringComparison.Ordinal));

        Assert.Contains($"\"{seen.Available + Amount.OfStk(3)}\"", line, StringComparison.Ordinal);
    }
}
