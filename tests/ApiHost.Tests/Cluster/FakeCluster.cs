using System.Collections.Concurrent;
using Stk.GrainInterfaces.Audit;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Statistics;
using Stk.GrainInterfaces.Treasury;
using Stk.GrainInterfaces.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Grains in this process, which remember what they were asked.</summary>
public sealed class FakeCluster
{
    private readonly ConcurrentDictionary<(Type, object), object> _grains = new();

    public FakeSchedule Schedule { get; } = new();

    public FakeRuleBook RuleBook { get; } = new();

    public FakeTreasury Treasury { get; } = new();

    public FakeParticipant Participant(string id) => (FakeParticipant)Find(typeof(IParticipantGrain), id);

    public FakeWeek Week(string id) => (FakeWeek)Find(typeof(IWeekGrain), id);

    public FakeSpender Spender(string id) => (FakeSpender)Find(typeof(ISpenderGrain), id);

    public FakeService Service(string id) => (FakeService)Find(typeof(IServiceGrain), id);

    public FakeSource Source(string name) => (FakeSource)Find(typeof(ISourceGrain), name);

    public bool HasParticipant(string id) => _grains.ContainsKey((typeof(IParticipantGrain), id));

    public object Find(Type type, object key) => _grains.GetOrAdd((type, key), _ =>
        type == typeof(IParticipantGrain) ? new FakeParticipant((string)key)
        : type == typeof(IWeekGrain) ? new FakeWeek((string)key)
        : type == typeof(ISourceGrain) ? new FakeSource((string)key)
        : type == typeof(IScheduleGrain) || type == typeof(IClockGrain) || type == typeof(ITotalsGrain) ? Schedule
        : type == typeof(IRuleBookGrain) ? RuleBook
        : type == typeof(IEmissionGrain) ? new FakeEmission()
        : type == typeof(ISpenderGrain) ? new FakeSpender((string)key)
        : type == typeof(IServiceGrain) ? new FakeService((string)key)
        : type == typeof(ICatalogueGrain) ? new FakeCatalogue()
        : type == typeof(IPurchasesGrain) ? new FakePurchases()
        : type == typeof(ITreasuryGrain) ? Treasury
        : type == typeof(IAuditGrain) ? new FakeAudit()
        : type == typeof(IDistributionGrain) ? new FakeDistribution()
        : type == typeof(ISignInGrain) ? new FakeSignIn()
        : throw new NotSupportedException(type.Name));
}
