using System.Net.Http.Headers;
using System.Text;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Torture;
using Stk.Rules.Money;

namespace Stk.Benchmarks.Spending;

/// <summary>
/// What is measured. People take turns, so that no two calls that wait are of one sender: an actor answers one at a time.
/// </summary>
internal sealed class SpendingCalls(
    HttpClient http, IGrainFactory grains, IReadOnlyList<string> people, IReadOnlyDictionary<string, long> numbers,
    IReadOnlyDictionary<string, string> tokens, string ingestToken, string operatorToken)
{
    public const string Service = "bench_course";

    private const string Root = "/api/v1/tokenomics";

    private static readonly byte[] Fingerprint = new byte[32];

    private readonly byte[][] _bodies =
        [.. people.Select(to => Encoding.UTF8.GetBytes($$"""{"to":"{{to}}","amount":"0.000001"}"""))];

    private int _turn;
    private string? _fault;

    /// <summary>The first answer that was none of success.</summary>
    public string? Fault => _fault;

    /// <summary>Two postings by grain call: the ledger's own figure.</summary>
    public async Task<bool> Ledger()
    {
        var (from, to) = Pair();
        var answer = await grains.GetGrain<ITortureGrain>(0).Post(
            new(Guid.NewGuid(), numbers[people[from]], numbers[people[to]], new(1)));
        return answer.Refusal is null;
    }

    /// <summary>All of a transfer but HTTP.</summary>
    public async Task<bool> GrainTransfer()
    {
        var (from, to) = Pair();
        var reply = await grains.GetGrain<ISpenderGrain>(people[from]).Transfer(
            new(new RequestKey(Guid.NewGuid(), Fingerprint), people[to], new Amount(1), Note: null), CancellationToken.None);
        return reply is SpendingReply<TransferView>.Done;
    }

    public Task<bool> Transfer()
    {
        var (from, to) = Pair();
        return Post($"{Root}/transfer", people[from], _bodies[to]);
    }

    public Task<bool> TransferTo(string from, string to) => Post(
        $"{Root}/transfer", from, Encoding.UTF8.GetBytes($$"""{"to":"{{to}}","amount":"0.000001"}"""));

    /// <summary>A split of three: two participants and the treasury.</summary>
    public Task<bool> Purchase() => Post($"{Root}/services/{Service}/purchase", people[Pair().From], []);

    public Task<bool> Hello() => Get("/health/live", null);

    public Task<bool> Balance() => Get($"{Root}/balance?participant={people[Pair().From]}", operatorToken);

    public Task<bool> Entitlement() => Get($"{Root}/entitlements/{Service}?participant={people[Pair().From]}", ingestToken);

    private (int From, int To) Pair()
    {
        var from = (Interlocked.Increment(ref _turn) & int.MaxValue) % people.Count;
        var to = Random.Shared.Next(people.Count - 1);
        return (from, to < from ? to : to + 1);
    }

    private async Task<bool> Post(string path, string sender, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = body.Length == 0
                ? null
                : new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
        return await Send(request, tokens[sender]);
    }

    private async Task<bool> Get(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request, token);
    }

    private async Task<bool> Send(HttpRequestMessage request, string? token)
    {
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (!response.IsSuccessStatusCode)
        {
            Interlocked.CompareExchange(
                ref _fault, $"{request.RequestUri}: {(int)response.StatusCode} {Encoding.UTF8.GetString(answer)}", null);
        }

        return response.IsSuccessStatusCode;
    }
}
