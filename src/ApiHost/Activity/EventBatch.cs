using System.Collections.Immutable;
using System.Text.Json;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Schedules;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;

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
    private readonly SourceGate _gate;

    private EventBatch(int length, SourceGate gate)
    {
        _gate = gate;
        _uuids = new Guid?[length];
        _answers = new EventAnswer?[length];
    }

    public int Length => _uuids.Length;

    /// <summary>One a participant, in the order of their first events.</summary>
    public IReadOnlyCollection<Share> Shares => _shares.Values;

    /// <summary>The well-formed events, in the order sent.</summary>
    public ImmutableArray<GenesisCandidate> Candidates => [.. _candidates];

    /// <param name="gate">What the source may send; null: everything.</param>
    public static EventBatch Read(JsonElement root, RuleBookHistory books, SourceGate? gate = null)
    {
        gate ??= new(null, []);
        if (root.ValueKind != JsonValueKind.Array)
        {
            var one = new EventBatch(1, gate);
            one.Add(0, root, books);
            return one;
        }

        var batch = new EventBatch(root.GetArrayLength(), gate);
        var place = 0;
        foreach (var item in root.EnumerateArray())
        {
            batch.Add(place++, item, books);
        }

        return batch;
    }

    /// <summary>Lines, each of which is an event by itself: one that cannot be read is rejected.</summary>
    public static EventBatch Read(EventLines lines, RuleBookHistory books, SourceGate gate)
    {
        var batch = new EventBatch(lines.Count, gate);
        for (var place = 0; place < lines.Count; place++)
        {
            using var document = lines.TryParse(place);
            if (document is null)
            {
                batch.Reject(place, null, new("line", EventLines.LineRule));
            }
            else
            {
                batch.Add(place, document.RootElement, books);
            }
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

                if (_gate.Admit(activity, out var broken) is { } admitted)
                {
                    Keep(place, admitted, item);
                }
                else
                {
                    Reject(place, activity.Uuid, broken ?? new("event", SourceGate.TypeRule));
                }

                break;
        }
    }

    private void Keep(int place, ActivityEvent activity, JsonElement item)
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
        if (_gate.HeldAfter is not null)
        {
            // It may be held, and is kept whole then.
            share.Payloads.Add(item.GetRawText());
        }
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

        /// <summary>As they were sent; none where the source's are never held.</summary>
        public List<string> Payloads { get; } = [];
    }
}
