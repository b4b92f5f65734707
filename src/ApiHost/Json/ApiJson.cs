using System.Text.Json.Serialization;
using Stk.ApiHost.Activity;
using Stk.ApiHost.Audit;
using Stk.ApiHost.Balances;
using Stk.ApiHost.Clocks;
using Stk.ApiHost.Entitlements;
using Stk.ApiHost.Participants;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Rewards;
using Stk.ApiHost.RuleBooks;
using Stk.ApiHost.Services;
using Stk.ApiHost.Sources;
using Stk.ApiHost.Statistics;
using Stk.ApiHost.Transfers;
using Stk.ApiHost.Treasury;
using Stk.ApiHost.Weeks;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Json;

/// <summary>Everything that stands in a body, generated: nothing here is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(BalanceView))]
[JsonSerializable(typeof(TransferBody))]
[JsonSerializable(typeof(TransferReceipt))]
[JsonSerializable(typeof(ServicesView))]
[JsonSerializable(typeof(ServiceBody))]
[JsonSerializable(typeof(ReasonBody))]
[JsonSerializable(typeof(PurchaseBody))]
[JsonSerializable(typeof(PurchaseReceipt))]
[JsonSerializable(typeof(RefundReceipt))]
[JsonSerializable(typeof(PageView<SaleItem>))]
[JsonSerializable(typeof(EntitlementsView))]
[JsonSerializable(typeof(EntitlementCheckView))]
[JsonSerializable(typeof(UseBody))]
[JsonSerializable(typeof(UseReceipt))]
[JsonSerializable(typeof(SpendBody))]
[JsonSerializable(typeof(PageView<SpendItem>))]
[JsonSerializable(typeof(PageView<AuditItem>))]
[JsonSerializable(typeof(DistributionView))]
[JsonSerializable(typeof(PageView<BalanceChangeItem>))]
[JsonSerializable(typeof(PageView<TransactionItem>))]
[JsonSerializable(typeof(PageView<RewardItem>))]
[JsonSerializable(typeof(StatementView))]
[JsonSerializable(typeof(LimitsView))]
[JsonSerializable(typeof(StreakView))]
[JsonSerializable(typeof(SupplyView))]
[JsonSerializable(typeof(SentEventBody[]))]
[JsonSerializable(typeof(EventAnswerView[]))]
[JsonSerializable(typeof(WeekView))]
[JsonSerializable(typeof(CloseBody))]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(ProfileBody))]
[JsonSerializable(typeof(SourceView))]
[JsonSerializable(typeof(SourceBody))]
[JsonSerializable(typeof(RuleBooksView))]
[JsonSerializable(typeof(RuleBookVersionView))]
[JsonSerializable(typeof(RuleBookBody))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(ClockBody))]
[JsonSerializable(typeof(ResumeBody))]
[JsonSerializable(typeof(TotalsView))]
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class ApiJson : JsonSerializerContext;
