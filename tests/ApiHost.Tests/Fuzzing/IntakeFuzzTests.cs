using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Stk.ApiHost.Activity;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Activity;
using Stk.Rules.Participants;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Xunit.Abstractions;

namespace Stk.ApiHost.Tests.Fuzzing;

/// <summary>
/// Whatever comes as a body of events. A second here; the nightly run gives a minute (<c>./stk fuzz</c>). A body that
/// fails is added to <c>intake.txt</c>, which is sent again in every run; <c>STK_FUZZ_SEED</c> repeats the seed of its
/// message.
/// </summary>
public sealed class IntakeFuzzTests(ITestOutputHelper output)
{
    /// <summary>The fakes remember what they were sent.</summary>
    private const int BodiesOfAHost = 4_000;

    private static readonly string Kept = Path.Combine(Repository.Root, "tests", "ApiHost.Tests", "Fuzzing", "intake.txt");
    private static readonly RuleBookHistory Books = new([(WeekId.OfNumber(200001), RuleBook.FromTheSource)]);

    [Fact]
    public async Task Whatever_comes_is_read_or_rejected_by_name_and_what_is_read_is_wellformed()
    {
        var read = 0;
        await Fuzz(body =>
        {
            read += Read(body);
            return Task.CompletedTask;
        });
        Assert.True(read > 0, "no event was read");
    }

    [Fact]
    public async Task Whatever_comes_is_answered_by_outcomes_or_a_problem_and_never_by_a_failure()
    {
        var host = await ApiHostUnderTest.Start();
        try
        {
            var sent = 0;
            await Fuzz(async body =>
            {
                if (++sent % BodiesOfAHost == 0)
                {
                    await host.DisposeAsync();
                    host = await ApiHostUnderTest.Start();
                }

                await Send(host, body);
            });
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_body_that_was_kept_passes()
    {
        await using var host = await ApiHostUnderTest.Start();
        var bodies = File.ReadLines(Kept).Where(line => line.Length > 0 && line[0] != '#')
            .Select(Convert.FromBase64String).ToList();
        Assert.NotEmpty(bodies);
        foreach (var body in bodies)
        {
            Read(body);
            await Send(host, body);
        }
    }

    /// <returns>The events that were read.</returns>
    private static int Read(byte[] body)
    {
        using var document = StrictJson.TryParse(body);
        if (document is null || document.RootElement is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) })
        {
            return 0;
        }

        var batch = EventBatch.Read(document.RootElement, Books);
        var places = batch.Shares.SelectMany(share => share.Places).ToList();
        Assert.Equal(places.Count, places.Distinct().Count());
        foreach (var place in Enumerable.Range(0, batch.Length).Except(places))
        {
            var rejected = batch.Answer(place);
            Assert.Equal(EventOutcome.Rejected, rejected.Outcome);
            Assert.NotEmpty(rejected.Field!);
            Assert.NotEmpty(rejected.Rule!);
        }

        foreach (var share in batch.Shares)
        {
            Assert.True(ParticipantId.IsValid(share.Participant));
            Assert.Equal(share.Places.Count, share.Events.Count);
            Assert.All(share.Events, one => Assert.Equal(
                one with { Unreadable = UnreadableProperties.None }, Again(one, share.Participant)));
        }

        return places.Count;
    }

    // Written plainly and read again it is the same event.
    private static Rules.Activity.ActivityEvent Again(Rules.Activity.ActivityEvent one, string participant)
    {
        Assert.Equal((TimeSpan.Zero, 0L), (one.At.Offset, one.At.Ticks % TimeSpan.TicksPerMicrosecond));
        var properties = new Dictionary<string, object>();
        if (one.Days is { } days)
        {
            properties["days"] = days;
        }

        if (one.Level is { } level)
        {
            properties["level"] = level;
        }

        if (one.Retracts is { } retracts)
        {
            properties["retracts"] = retracts;
        }

        using var plain = JsonSerializer.SerializeToDocument(new
        {
            uuid = one.Uuid,
            @event = one.Type,
            distinct_id = participant,
            timestamp = one.At.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            properties,
        });
        return Assert.Single(Assert.Single(EventBatch.Read(plain.RootElement, Books).Shares).Events);
    }

    private static async Task Send(ApiHostUnderTest host, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        var answer = await host.Send(HttpMethod.Post, ApiHostUnderTest.Root + "/events", host.Keys.Token("ingest"), content);
        switch ((int)answer.Status)
        {
            case 200:
                Assert.All(answer.Json.EnumerateArray(), item => Assert.NotEmpty(item.GetProperty("outcome").GetString()!));
                break;
            case 422:
                Assert.Single(answer.Problem(422, "event-rejected"));
                break;
            default:
                Assert.Equal((400, "application/problem+json"), ((int)answer.Status, answer.Type));
                break;
        }
    }

    private async Task Fuzz(Func<byte[], Task> once)
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("STK_FUZZ_SECONDS"), out var given) ? given : 1;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("STK_FUZZ_SEED"), out var first) ? first : Random.Shared.Next();
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; count < 200 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; count++, seed++)
        {
            var body = IntakeBodies.Of(new(seed));
            try
            {
                await once(body);
            }
            catch (Exception failure)
            {
                await File.AppendAllTextAsync(Kept, $"{Convert.ToBase64String(body)}\n");
                throw new InvalidOperationException($"STK_FUZZ_SEED={seed}; the body is kept in {Kept}", failure);
            }
        }

        output.WriteLine($"{count} inputs");
    }
}
