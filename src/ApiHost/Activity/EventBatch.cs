using System.Collections.Immutable;
using System.Text.Json;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Schedules;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.RuleBooks;

namespace Stk.ApiHost.Activity;

/// <summary>
/// The events of one request: those that are malformed have their answer already, the others are grouped by participant,
/// in the order sent. Pure.
/// </summary>
internal sealed class EventBatch
{
    private readonly Guid?[] _uuids;
    private readonly EventAnswer?[] _answers;
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private readonly List<GenesisCandidate> _candidates = [];

    private EventBatch(int length)
    {
        _uuids = new Guid?[length];
        _answers = new EventAnswer?[length];
    }

    public int Length => _uuids.Length;

    /// <summary>One a participant, in the order of their first events.</summary>
    public IReadOnlyCollection<Share> Shares => _shares.Values;

    /// <summary>The well-formed events, in the order sent.</summary>
    public ImmutableArray<GenesisCandidate> Candidates => [.. _candidates];

    public static EventBatch Read(JsonElement root, RuleBookHistory books)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            var one = new EventBatch(1);
            one.Add(0, root, books);
            return one;
        }

        var batch = new EventBatch(root.GetArrayLength());
        var place = 0;
        foreach (var item in root.EnumerateArray())
        {
            batch.Add(place++, item, books);
        }

        return batch;
    }

    public Guid? Uuid(int place) => _uuids[place];

    /// <exception cref="InvalidOperationException">It has none yet.</exception>
    public EventAnswer Answer(int place) =>
        _answers[place] ?? throw new InvalidOperationException($"event {place} of {Length} has no answer");

    /// <summary>Puts a participant's answers in the places where its events stood.</summary>
    public void Put(Share share, ImmutableArray<EventAnswer> answers)
    {
        if (answers.Length != share.Places.Count)
        {
            throw new InvalidOperationException($"{share.Places.Count} events got {answers.Length} answers");
        }

        for (var i = 0; i < answers.Length; i++)
        {
            _answers[share.Places[i]] = answers[i];
        }
    }

    private void Add(int place, JsonElement item, RuleBookHistory books)
    {
        switch (EventShape.Read(item))
        {
            case EventReading.Malformed malformed:
                Reject(place, malformed.Uuid, malformed.Objection);
                break;
            case EventReading.Wellformed { Event: var activity }:
                if (EventShape.Check(activity, books.Of(activity.Week)) is { } objection)
                {
                    Reject(place, activity.Uuid, objection);
                    break;
                }

                Keep(place, activity);
                break;
        }
    }

    private void Keep(int place, ActivityEvent activity)
    {
        _uuids[place] = activity.Uuid;
        _candidates.Add(new(activity.DistinctId, activity.At));
        if (!_shares.TryGetValue(activity.DistinctId, out var share))
        {
            share = new(activity.DistinctId);
            _shares.Add(activity.DistinctId, share);
        }

        share.Places.Add(place);
        share.Events.Add(activity);
    }

    private void Reject(int place, Guid? uuid, Objection objection)
    {
        _uuids[place] = uuid;
        _answers[place] = new(EventOutcome.Rejected, objection.Field, objection.Rule);
    }

    /// <summary>One participant's events of the request, and where they stood in it.</summary>
    public sealed class Share(string participant)
    {
        public string Participant => participant;

        public List<ActivityEvent> Events { get; } = [];

        public List<int> Places { get; } = [];
    }
}
