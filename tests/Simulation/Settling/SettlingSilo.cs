using System.Collections.Immutable;
using Stk.Settlement.Acts;
using Stk.Settlement.Deposits;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;
using Stk.Settlement.Plans;
using Stk.Settlement.Refusals;
using Stk.Simulation.Mistakes;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;

namespace Stk.Simulation.Settling;

/// <summary>
/// One activation that settles: it gathers payouts, wakes its acts, writes what a step changes and then does what the step
/// orders. It knows nothing of the chain but what nodes say.
/// </summary>
internal sealed class SettlingSilo
{
    private const int TickMs = 500;
    private const int TicksADeposit = 5;

    private readonly SettlingWorld _world;
    private readonly long _epoch;
    private readonly Dictionary<Guid, FollowedAct> _acts = [];
    private readonly Dictionary<(Guid, string), Answer> _early = [];
    private int _pausedUntilMs;
    private int _ticks;
    private int _acted;
    private int? _diesAt;

    public SettlingSilo(SettlingWorld world)
    {
        _world = world;
        _epoch = world.Tables.RaiseEpoch();
        foreach (var act in world.Tables.Acts.Values.Where(act => !act.IsClosed))
        {
            _acts[act.Id] = new(act, _epoch);
        }

        Tick();
    }

    public bool IsUp { get; private set; } = true;

    public bool IsPaused => _world.Time.NowMs < _pausedUntilMs;

    public void DieAfter(int acts) => _diesAt = _acted + acts;

    public void Pause(int ms) => _pausedUntilMs = _world.Time.NowMs + ms;

    /// <summary>Operators' word on the first act that is uncertain.</summary>
    public void Hear(Guid act, Resolution word) => See(act, new Seen.Word(word));

    private MachineTerms Terms => SettlingPlan.Machine;

    // Whatever comes while it stands still comes when it goes on, and nothing comes to the dead.
    private void Later(int ms, Action action) => _world.Time.After(ms, () =>
    {
        if (!IsUp)
        {
            return;
        }

        if (_world.Time.NowMs < _pausedUntilMs)
        {
            Later(_pausedUntilMs - _world.Time.NowMs, action);
        }
        else
        {
            action();
        }
    });

    private void Tick()
    {
        Gather();
        foreach (var id in _acts.Keys.ToList())
        {
            if (IsUp && _acts.TryGetValue(id, out var act) && act.DueAt(Terms) <= _world.Time.Now)
            {
                See(id, new Seen.Woken());
            }
        }

        if (IsUp && ++_ticks % TicksADeposit == 0)
        {
            ReadDeposits();
        }

        Later(TickMs, Tick);
    }

    private void ReadDeposits()
    {
        var cursor = _world.Tables.Cursor;
        var views = new List<AccountView>();
        foreach (var node in _world.Nodes)
        {
            Later(_world.Delay(), () =>
            {
                if (node.ViewOfFloat(cursor.Last, OurAccounts, _world.Time.NowMs) is { } view)
                {
                    views.Add(view);
                }

                if (views.Count == _world.Nodes.Length
                    && DepositReading.Of(cursor, views, _world.Tables.Ours()) is DepositReading.Explained read)
                {
                    Later(_world.Delay(), () => Credit(read, cursor));
                }
            });
        }
    }

    private PublicKey[] OurAccounts => _world.Mistake == Mistake.RefillCredited
        ? [SettlingPlan.FloatTokens]
        : [SettlingPlan.FloatTokens, SettlingPlan.VaultTokens];

    private void Credit(DepositReading.Explained read, AccountCursor cursor)
    {
        if (_world.Mistake == Mistake.CursorBeforeItsPosting)
        {
            if (Act())
            {
                _world.Tables.Store(read, cursor);
                Later(_world.Delay(), () => _ = Credit(read));
            }
        }
        else if (Credit(read) && Act())
        {
            _world.Tables.Store(read, cursor);
        }
    }

    // Each is a commit of its own: a silo may die between any two of them. False where it has.
    private bool Credit(DepositReading.Explained read)
    {
        foreach (var deposit in read.Deposits)
        {
            if (!Act())
            {
                return false;
            }

            _world.Tables.Credit(deposit);
        }

        return true;
    }

    private void Gather()
    {
        var waiting = _world.Tables.Waiting(_world.Time.NowMs).ToList();
        // What was refused once goes alone.
        var rows = waiting is [{ AgainAtMs: not null } first, ..]
            ? [first]
            : waiting.Where(row => row.AgainAtMs is null).Take(SettlingPlan.BatchMost).ToList();
        if (!IsUp || rows.Count == 0)
        {
            return;
        }

        var payouts = rows.Select(row => new Payout(
            row.Id, SettlingPlan.WalletKey(row.Wallet), (ulong)row.Number,
            NeedsAccount: !_world.Chain.HasAccount(row.Wallet) && !_world.Tables.IsPaidFor(row.Wallet)));
        var plan = ActPlan.OfBatch(
            new([.. payouts], [.. rows.Select(row => SettlingPlan.TokensOf(row.Wallet))], 200_000), SettlingPlan.Terms);
        var act = ChainAct.New(_world.NextId(), plan, _epoch);
        if (!Act() || !_world.Tables.Insert(act, _epoch))
        {
            IsUp = false;
            return;
        }

        _acts[act.Id] = new(act, _epoch);
    }

    private void See(Guid id, Seen seen)
    {
        if (!IsUp || !_acts.TryGetValue(id, out var before))
        {
            return;
        }

        var step = SettlingMistakes.Next(_world.Mistake, before, seen, _world.Time.Now, Terms);
        if (_world.Mistake == Mistake.SentBeforeStored)
        {
            Do(id, step.Orders);
            Store(id, step);
        }
        else if (Store(id, step))
        {
            Do(id, step.Orders);
        }
    }

    // False: the step has not happened, or nobody here knows whether it has.
    private bool Store(Guid id, Step step)
    {
        if (step.MustStore)
        {
            if (!Act())
            {
                return false;
            }

            if (_world.Tables.NextIsLost is { } isWritten)
            {
                _world.Tables.NextIsLost = null;
                if (isWritten)
                {
                    _world.Tables.Store(step.After.Act, _epoch);
                }

                IsUp = false;
                return false;
            }

            if (!_world.Tables.Store(step.After.Act, _epoch))
            {
                IsUp = false;
                return false;
            }
        }

        _acts[id] = step.After;
        return true;
    }

    // One act more; false where it is the one before which the silo dies.
    private bool Act()
    {
        if (_diesAt is { } last && _acted >= last)
        {
            IsUp = false;
        }

        _acted++;
        return IsUp;
    }

    private void Do(Guid id, ImmutableArray<Order> orders)
    {
        foreach (var order in orders)
        {
            if (!Act())
            {
                return;
            }

            switch (order)
            {
                case Order.TryOut:
                    Later(_world.Delay(), () => See(id, TriedOut(_acts[id].Act.Plan)));
                    break;
                case Order.Sign sign:
                    Later(_world.Delay(), () => Sign(id, sign.Number));
                    break;
                case Order.Send send:
                    Send(id, send);
                    break;
                case Order.Ask ask:
                    Later(_world.DelayOf(ask.Node), () => Ask(id, ask));
                    break;
                case Order.Post:
                    Later(_world.Delay(), () => Post(id));
                    break;
                case Order.Release release:
                    Later(_world.Delay(), () => Release(id, release));
                    break;
                case Order.Reply reply:
                    _world.Tally.Add($"settling: word {reply.What.GetType().Name}");
                    break;
            }
        }
    }

    private Seen.TriedOut TriedOut(ActPlan plan)
    {
        var flaws = ImmutableArray.CreateBuilder<ReturnedPayout>();
        foreach (var payout in plan.Payouts)
        {
            var wallet = _world.Tables.Payouts[payout.Id].Wallet;
            PayeeFlaw? flaw = _world.Chain.HoldingOf(wallet) switch
            {
                { IsGivenAway: true } => PayeeFlaw.TokenAccountOwnerChanged,
                null when !payout.NeedsAccount => PayeeFlaw.TokenAccountMissing,
                _ => null,
            };
            if (flaw is { } found)
            {
                flaws.Add(new(payout.Id, found));
            }
        }

        return new(null, flaws.ToImmutable());
    }

    private void Sign(Guid id, int number)
    {
        // A row that was taken back is not followed any more.
        if (!_acts.TryGetValue(id, out var followed) || _world.Nodes[0].LatestBlockhash(_world.Time.NowMs) is not { } latest)
        {
            See(id, new Seen.NotHad());
            return;
        }

        if (SettlingSigner.Rule(followed.Act.Plan, _world.Time.NowMs, out var guilty) is { } rule)
        {
            var remedy = Remedies.Of(rule, guilty, followed.Act, _world.Time.Now);
            if (_world.Tables.SetAside(id, remedy, _world.Time.NowMs + SettlingPlan.SetAsideMs, _epoch))
            {
                _world.Tally.Add($"settling: refused, {remedy.GetType().Name}");
                Later(_world.Delay(), () => See(id, new Seen.Refused(number, remedy)));
            }

            return;
        }

        var signed = _world.Signer.Sign(followed.Act, latest.Hash);
        if (followed.Act.Plan.Payouts.Length > 1)
        {
            // Another question of the same is answered late, and otherwise.
            Later(_world.Delay() + 200, () => See(id, new Seen.Refused(
                number, new Remedy.SetAside([followed.Act.Plan.Payouts[0].Id], _world.Time.Now))));
        }

        var height = _world.Mistake == Mistake.HeightOfAnotherBlockhash
            ? latest.LastValidHeight - SettlingPlan.Life + 2
            : latest.LastValidHeight;
        Later(_world.Delay(), () => See(id, new Seen.GotSigned(
            number, [.. signed.Serialize()], new Lifetime.Recent(latest.Hash, height), latest.FinalSlot, "alpha")));
    }

    private void Send(Guid id, Order.Send send)
    {
        _world.Tables.CheckSent(id, send.Bytes.AsSpan());
        var transaction = Transaction.Parse(send.Bytes.AsSpan());
        if (_world.IsLost())
        {
            Later(2_000, () => See(id, new Seen.SendAnswered(send.Number, SettlingMistakes.TimedOut)));
            return;
        }

        // On its way: it arrives whatever becomes of the silo.
        _world.Time.After(_world.Delay(), () =>
        {
            var isThere = _world.Chain.Find(transaction.Id) is not null;
            _world.Chain.Submit(transaction);
            var answer = _world.IsLost() ? SettlingMistakes.TimedOut
                : isThere ? SettlingMistakes.AlreadyProcessed
                : "accepted";
            Later(_world.Delay(), () => See(id, new Seen.SendAnswered(send.Number, answer)));
        });
    }

    private void Ask(Guid id, Order.Ask ask)
    {
        var node = _world.Nodes.First(one => one.Name == ask.Node);
        if (_world.IsLost() && !node.IsWell(_world.Time.NowMs))
        {
            // Nothing comes; the look is given up in time.
            return;
        }

        if (_world.Mistake == Mistake.StatusesBeforeHeightAndOneLook && ask.Question is Question.Genesis
            && _acts.TryGetValue(id, out var act))
        {
            AskEarly(id, node, act.Act);
            Later(_world.Delay(), () => Answer(id, ask, node));
            return;
        }

        Answer(id, ask, node);
    }

    private void Answer(Guid id, Order.Ask ask, SimulatedNode node)
    {
        var answer = _early.TryGetValue((id, KindOf(node, ask.Question)), out var early)
            ? early
            : SettlingMistakes.Answer(_world, id, node, ask.Question);
        Later(_world.DelayOf(ask.Node), () => See(id, new Seen.Answered(ask.Look, ask.Node, answer)));
    }

    // What is to be asked last is asked first, and kept.
    private void AskEarly(Guid id, SimulatedNode node, ChainAct act)
    {
        Question[] questions =
        [
            new Question.Statuses([.. act.Attempts.Select(one => one.Signature), SettlingPlan.Landmark.Signature]),
            .. act.Reference is { } reference ? [new Question.Named(reference, 0)] : Array.Empty<Question>(),
        ];
        foreach (var question in questions)
        {
            var answer = node.Answer(question, _world.Time.NowMs, _world.Mistake);
            _early[(id, KindOf(node, question))] = answer is Answer.StatusesAre found
                ? found with { Slot = ulong.MaxValue }
                : answer;
        }
    }

    private static string KindOf(SimulatedNode node, Question question) => $"{node.Name} {question.GetType().Name}";

    private void Post(Guid id)
    {
        if (_world.Tables.Epoch == _epoch)
        {
            _world.Tables.Post(id);
        }

        Done(id, new Seen.Posted());
    }

    private void Release(Guid id, Order.Release release)
    {
        if (_world.Tables.Epoch == _epoch)
        {
            _world.Tables.Release(id, release.Returned.Select(returned => returned.PayoutId), release.Others);
        }

        Done(id, new Seen.Released());
    }

    private void Done(Guid id, Seen seen) =>
        Later(_world.Delay(), () => See(id, _world.IsLost() ? new Seen.NotHad() : seen));
}
