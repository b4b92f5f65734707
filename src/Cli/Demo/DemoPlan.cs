using System.Collections.Immutable;
using System.Globalization;
using Stk.Client.Services;
using Stk.Client.Treasury;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Services;
using Stk.Rules.Weeks;

namespace Stk.Cli.Demo;

/// <summary>
/// All that the demo does, in order, known before it begins: the same community gives the same requests and the same keys,
/// so that a run that was interrupted goes on. Nobody spends more than it surely has.
/// </summary>
internal sealed record DemoPlan(Community Community, ImmutableArray<DemoStep> Steps)
{
    // What everybody keeps.
    private static readonly Amount Rest = Amount.OfStk(20);

    // Days of a week on which people spend, from Monday, 0.
    private static readonly ImmutableArray<int> SpendingDays = [1, 3, 5];

    public static DemoPlan Of(Community community) => new(community, new Builder(community).Build());

    /// <summary>The Idempotency-Key of a step.</summary>
    public string KeyOf(int step) => CauseId.Of(
        "demo", Community.Seed.ToString(CultureInfo.InvariantCulture), "step", step.ToString(CultureInfo.InvariantCulture))
        .ToString();

    /// <summary>One run through the weeks: what each is sure to have, and what is done so far.</summary>
    private sealed class Builder(Community community)
    {
        private readonly Dice _dice = new(community.Seed);
        private readonly List<DemoStep> _steps = [];
        private readonly Dictionary<string, Amount> _surely = new(StringComparer.Ordinal);
        private readonly HashSet<(string Buyer, string Service)> _owned = [];

        public ImmutableArray<DemoStep> Build()
        {
            var week = community.FirstWeek;
            for (var number = 0; number < community.Weeks; number++, week = week.Next)
            {
                Live(week);
                if (number == 0)
                {
                    OpenServices();
                }

                if (number + 1 < community.Weeks)
                {
                    Spend(number + 1, week.Next);
                }
            }

            return [.. _steps];
        }

        private void Live(WeekId week)
        {
            var lived = DemoWeek.Of(community, week, _dice);
            _steps.Add(new DemoStep.LiveWeek(week, lived.Events));
            foreach (var (person, amount) in lived.Earned)
            {
                Add(person, amount);
            }
        }

        private void OpenServices()
        {
            foreach (var offer in community.Services)
            {
                var draft = Draft(offer);
                if (offer.ProposedBy is { } role)
                {
                    _steps.Add(new DemoStep.ProposeService(Holders(role)[0], offer.Id, draft));
                    _steps.Add(new DemoStep.AdmitService(_steps.Count - 1, "Проверено, подходит каталогу"));
                }
                else
                {
                    _steps.Add(new DemoStep.PutService(offer.Id, draft));
                }
            }
        }

        private void Spend(int number, WeekId week)
        {
            foreach (var promotion in community.Promotions.Where(promotion => promotion.Week == number))
            {
                _steps.Add(new DemoStep.SetLevel(promotion.Id, promotion.Level, promotion.Reason));
            }

            foreach (var (place, day) in SpendingDays.Index())
            {
                _steps.Add(new DemoStep.MoveClock(week.Start.AddDays(day).AddHours(12)));
                for (var i = place; i < community.TransfersAWeek; i += SpendingDays.Length)
                {
                    Transfer();
                }

                for (var i = place; i < community.PurchasesAWeek; i += SpendingDays.Length)
                {
                    // At once: its recipients still have what they got.
                    Purchase(isTakenBack: community.Refund.Week == number && i == 0);
                }
            }

            foreach (var spend in community.Spends.Where(spend => spend.Week == number))
            {
                _steps.Add(new DemoStep.Spend(new FundSpendOrder(
                    spend.Fund, spend.To, spend.Amount, spend.Kind, spend.Reason, spend.VestsDays)));
                if (spend.Approval is { } reason)
                {
                    _steps.Add(new DemoStep.Approve(_steps.Count - 1, reason));
                }
            }
        }

        private void Transfer()
        {
            var amount = new Amount((10 + _dice.Next(110)) * (Amount.MicroPerStk / 2));
            var able = Able(amount);
            if (able.Count == 0)
            {
                return;
            }

            var from = _dice.Pick(able);
            var others = community.People.Where(person => person.Id != from).ToList();
            var to = _dice.Pick(others).Id;
            _steps.Add(new DemoStep.Send(from, to, amount, _dice.Pick(community.Notes)));
            Add(from, -amount);
            Add(to, amount);
        }

        private void Purchase(bool isTakenBack)
        {
            var offer = _dice.Pick(community.Services);
            var sellers = offer.Split.Keys.SelectMany(Holders).ToHashSet(StringComparer.Ordinal);
            var able = Able(offer.Price)
                .Where(person => !sellers.Contains(person) && !_owned.Contains((person, offer.Id))).ToList();
            if (able.Count == 0)
            {
                return;
            }

            var buyer = _dice.Pick(able);
            var chosen = offer.Split.Keys.Where(role => Holders(role).Count > 1)
                .ToImmutableSortedDictionary(role => role, role => _dice.Pick(Holders(role)), StringComparer.Ordinal);
            _steps.Add(new DemoStep.Buy(buyer, offer.Id, offer.Price, chosen.IsEmpty ? null : chosen));
            if (isTakenBack)
            {
                _steps.Add(new DemoStep.TakeBack(_steps.Count - 1, community.Refund.Reason));
                return;
            }

            // What lasts is bought once.
            if (offer.Sessions is null)
            {
                _owned.Add((buyer, offer.Id));
            }

            Add(buyer, -offer.Price);
            var roles = offer.Split.Keys.ToList();
            var parts = LargestRemainder.Split(offer.Price, [.. offer.Split.Values]);
            foreach (var (role, part) in roles.Zip(parts).Where(pair => pair.First != ServiceRules.TreasuryRole))
            {
                Add(chosen.GetValueOrDefault(role) ?? Holders(role)[0], part);
            }
        }

        private ServiceDraft Draft(Offer offer) => new(
            offer.Name, offer.Price, [.. offer.Split.Select(share => new SplitShare(share.Key, share.Value))], null,
            new Term(Months: offer.Months, Sessions: offer.Sessions),
            offer.Split.Keys.Where(role => Holders(role).Count == 1)
                .ToImmutableSortedDictionary(role => role, role => Holders(role)[0], StringComparer.Ordinal));

        private List<string> Holders(string role) =>
            [.. community.People.Where(person => person.Role == role).Select(person => person.Id)];

        private List<string> Able(Amount amount) =>
            [
                .. community.People.Select(person => person.Id)
                    .Where(person => _surely.GetValueOrDefault(person) >= amount + Rest),
            ];

        private void Add(string person, Amount amount) => _surely[person] = _surely.GetValueOrDefault(person) + amount;
    }
}
