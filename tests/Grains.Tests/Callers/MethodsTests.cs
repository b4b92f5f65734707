using System.Reflection;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Health;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Grains.Tests.Callers;

/// <summary>
/// Each method of each of our interfaces, found by reflection, called by each kind of caller: a new one cannot be forgotten.
/// </summary>
[Collection(EconomyCollection.Name)]
public sealed class MethodsTests(EconomyServer server)
{
    private const string Own = "ann";

    // p: the participant whose actor it is; P: any; o, a, s: operator, auditor, source; h: an API host without a token;
    // c: who holds a sign-in code.
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["IAddressesGrain.ChangeSecret"] = "p",
        ["IAddressesGrain.Get"] = "poa",
        ["IAddressesGrain.Set"] = "p",
        ["IAppealsGrain.Decide"] = "o",
        ["IAppealsGrain.List"] = "oa",
        ["IApprovalsGrain.Decide"] = "o",
        ["IApprovalsGrain.Get"] = "oa",
        ["IApprovalsGrain.List"] = "oa",
        ["IAuditGrain.GetEntries"] = "oa",
        ["ICatalogueGrain.List"] = "Poa",
        ["ICatalogueGrain.Page"] = "Poa",
        ["IClockGrain.GetOrSetGenesis"] = "s",
        ["IClockGrain.Set"] = "o",
        ["IClockGrain.Stop"] = "o",
        ["ICorrectionsGrain.Correct"] = "o",
        ["IDeliveriesGrain.Confirm"] = "Poash",
        ["IDeliveriesGrain.GetFigures"] = "oa",
        ["IDeliveriesGrain.ListDead"] = "oa",
        ["IDeliveriesGrain.Pause"] = "o",
        ["IDeliveriesGrain.Retry"] = "o",
        ["IDistributionGrain.GetReport"] = "Poa",
        ["IEarnerGrain.GetActivity"] = "poa",
        ["IEarnerGrain.GetLimits"] = "poa",
        ["IEarnerGrain.GetStreak"] = "poa",
        ["IEarnerGrain.Record"] = "s",
        ["IEmissionGrain.GetSupply"] = "Poa",
        ["IEntitledGrain.CheckEntitlement"] = "poas",
        ["IEntitledGrain.ChooseRenewal"] = "p",
        ["IEntitledGrain.ListEntitlements"] = "poa",
        ["IEntitledGrain.UseEntitlement"] = "s",
        ["IHealthGrain.HasDatabase"] = "Poash",
        ["IHolderGrain.GetBalance"] = "poa",
        ["IHolderGrain.GetBalanceAfter"] = "poa",
        ["IHolderGrain.GetBalanceAt"] = "poa",
        ["IIdentitiesGrain.Find"] = "oa",
        ["IIdentitiesGrain.Link"] = "o",
        ["IIdentitiesGrain.OfParticipant"] = "oa",
        ["IInactiveGrain.Appeal"] = "p",
        ["IInactiveGrain.GetRedistribution"] = "poa",
        ["ILeavesGrain.Get"] = "oa",
        ["ILeavesGrain.Put"] = "o",
        ["IMergesGrain.List"] = "oa",
        ["IMergesGrain.Merge"] = "o",
        ["IMergesGrain.Undo"] = "o",
        // Who has a link of a message has no token: the link is signed.
        ["INoticeLinksGrain.Find"] = "Poash",
        ["INoticeLinksGrain.Unsubscribe"] = "Poash",
        ["INoticesGrain.GetLanguage"] = "poa",
        ["INoticesGrain.GetPreferences"] = "p",
        ["INoticesGrain.GetState"] = "poa",
        ["INoticesGrain.List"] = "poa",
        ["INoticesGrain.Read"] = "p",
        ["INoticesGrain.ReadThrough"] = "p",
        ["INoticesGrain.SetPreferences"] = "p",
        ["IOperatorsGrain.Add"] = "o",
        ["IOperatorsGrain.Confirm"] = "o",
        ["IOperatorsGrain.End"] = "o",
        ["IOperatorsGrain.EnterUnknown"] = "oa",
        ["IOperatorsGrain.GetRegister"] = "Poash",
        ["IProfileGrain.ChangeProfile"] = "o",
        ["IProfileGrain.GetProfile"] = "oa",
        ["IProfileGrain.GetStanding"] = "poa",
        ["IPurchasesGrain.Find"] = "oa",
        ["IPurchasesGrain.FindAsOf"] = "oa",
        ["IPullsGrain.Backfill"] = "o",
        ["IPullsGrain.Check"] = "o",
        ["IPullsGrain.ListBackfills"] = "oa",
        ["IPullsGrain.ListChecks"] = "oa",
        ["IPullsGrain.Pull"] = "o",
        ["IQuarantineGrain.Delete"] = "o",
        ["IQuarantineGrain.List"] = "oa",
        ["IQuarantineGrain.Replay"] = "o",
        ["IRecordsGrain.GetDaily"] = "poa",
        ["IRecordsGrain.GetGrants"] = "poa",
        ["IRecordsGrain.GetHistory"] = "poa",
        ["IRecordsGrain.GetNotices"] = "poa",
        ["IChainActsGrain.Ask"] = "o",
        ["IChainActsGrain.Decide"] = "o",
        ["IChainActsGrain.Get"] = "oa",
        ["IChainActsGrain.List"] = "oa",
        ["IChainActsGrain.PutSigned"] = "o",
        ["IDepositDeskGrain.Assign"] = "o",
        ["IDepositDeskGrain.List"] = "oa",
        ["IDepositDeskGrain.SendBack"] = "o",
        ["IReconciliationDeskGrain.Ask"] = "o",
        ["IReconciliationDeskGrain.Cover"] = "o",
        ["IReconciliationDeskGrain.GetReserves"] = "Poash",
        ["IReconciliationDeskGrain.List"] = "oa",
        ["IReconciliationDeskGrain.ListDifferences"] = "oa",
        ["IRecordsGrain.GetDeposits"] = "poa",
        ["IRecordsGrain.GetPayout"] = "poa",
        ["IRecordsGrain.GetPayouts"] = "poa",
        ["IRecordsGrain.GetRewards"] = "poa",
        ["IRecordsGrain.GetSales"] = "poa",
        ["IRecordsGrain.GetStatement"] = "poa",
        ["IRecordsGrain.GetTransaction"] = "poa",
        ["IRecordsGrain.GetTransactions"] = "poa",
        ["IRedistributionGrain.GetReport"] = "oa",
        ["IRedistributionGrain.ReadCsv"] = "oa",
        ["IRedistributionGrain.ReadRestorations"] = "oa",
        ["IRevocationsGrain.Revoke"] = "o",
        ["IRevocationsGrain.SignOut"] = "Poash",
        ["IRevokedTokensGrain.GetAfter"] = "Poash",
        ["IRuleBookGrain.GetVersions"] = "Poash",
        ["IRuleBookGrain.GetWeekNow"] = "Poash",
        ["IRuleBookGrain.Propose"] = "o",
        ["IRuleBookGrain.Withdraw"] = "o",
        ["IScheduleGrain.GetClock"] = "oa",
        ["IScheduleGrain.GetSchedule"] = "oa",
        ["IScheduleGrain.ResumeBy"] = "o",
        ["IScheduleGrain.RunBy"] = "o",
        ["IScheduleGrain.SkipBy"] = "o",
        ["IServiceGrain.Get"] = "Poa",
        ["IServiceGrain.Look"] = "Poa",
        ["IServiceGrain.Put"] = "Po",
        ["IServiceGrain.SetState"] = "o",
        // Who has a session's secret has the session; who has a code of the pages has no role.
        ["ISessionCodeGrain.Open"] = "c",
        ["ISessionsGrain.End"] = "Poash",
        ["ISessionsGrain.EndAll"] = "Poash",
        ["ISessionsGrain.Find"] = "Poash",
        ["ISettlementDeskGrain.GetBatch"] = "oa",
        ["ISettlementDeskGrain.GetStatus"] = "oa",
        ["ISettlementDeskGrain.ListBatches"] = "oa",
        ["ISettlementDeskGrain.Pause"] = "o",
        ["ISettlementDeskGrain.Resolve"] = "o",
        ["ISettlementDeskGrain.Resume"] = "o",
        // Who has a code has no role.
        ["ISignInGrain.Redeem"] = "c",
        ["ISignInGrain.RedeemBy"] = "c",
        ["ISourceGrain.Admit"] = "s",
        ["ISourceGrain.Get"] = "oa",
        ["ISourceGrain.Put"] = "o",
        ["ISourcesGrain.List"] = "oa",
        ["ISpenderGrain.CallPayoutOff"] = "p",
        ["ISpenderGrain.FindRecipient"] = "p",
        ["ISpenderGrain.Purchase"] = "p",
        ["ISpenderGrain.Refund"] = "o",
        ["ISpenderGrain.Transfer"] = "p",
        ["ISpenderGrain.Withdraw"] = "p",
        ["IStatementsGrain.GetProof"] = "poa",
        ["IStatementsGrain.GetReport"] = "poa",
        ["IStatementsGrain.Show"] = "poa",
        ["ISuspensionsGrain.IsSuspended"] = "oa",
        ["ISuspensionsGrain.Lift"] = "o",
        ["ISuspensionsGrain.Suspend"] = "o",
        ["ITotalsGrain.Read"] = "oa",
        ["ITracesGrain.Keep"] = "Poash",
        ["ITreasuryGrain.Decide"] = "o",
        ["ITreasuryGrain.GetSpends"] = "oa",
        ["ITreasuryGrain.Spend"] = "o",
        ["IVestingGrain.Decide"] = "o",
        ["IVestingGrain.GetGrants"] = "oa",
        ["IVestingGrain.ReadExport"] = "oa",
        ["IVoidsGrain.Lift"] = "o",
        ["IVoidsGrain.List"] = "oa",
        ["IVoidsGrain.Void"] = "o",
        ["IWalletGrain.Challenge"] = "p",
        ["IWalletGrain.Get"] = "poa",
        ["IWalletGrain.Link"] = "p",
        ["IWalletGrain.SetMode"] = "p",
        ["IWalletGrain.Unlink"] = "p",
        // Who delivers has no token: the silo looks at the signature.
        ["ISourceImportGrain.Take"] = "s",
        ["IWebhookGrain.Deliver"] = "Poash",
        ["IWeekGrain.Close"] = "o",
        ["IWeekGrain.GetStatus"] = "oa",
        ["IWeekGrain.ReadExport"] = "oa",
    };

    // Whoever settles can be placed, so that it is the silo that refuses a call to it. Nobody listens there.
    private static readonly EconomySettings WithSigner = new(
        More: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Stk:Settlement:Signer"] = "/nowhere" });

    private static readonly (string Letter, string Role, string Subject)[] Callers =
    [
        ("p", "participant", Own), ("P", "participant", "bob"), ("o", "operator", Own), ("a", "auditor", Own),
        ("s", "ingest", Own),
    ];

    [Fact]
    public async Task A_method_is_open_to_these_and_to_nobody_else()
    {
        await using var economy = await server.NewEconomy(WithSigner);
        await economy.Begin(TestEconomy.FirstWeek);
        var differences = new List<string>();
        foreach (var method in Methods())
        {
            var name = Name(method);
            var expected = Open.GetValueOrDefault(name, "");
            foreach (var (letter, role, subject) in Callers)
            {
                var isOpen = expected.Contains(letter, StringComparison.Ordinal)
                    || (letter == "p" && expected.Contains('P', StringComparison.Ordinal));
                using var acting = Acting.As(role, subject);
                if (await Refusal(economy.Grains, method) is var refusal
                    && (refusal is CallRefusal.NotAllowed or CallRefusal.NotForClients) == isOpen)
                {
                    differences.Add($"{name} by {role} {subject}: {refusal?.ToString() ?? "let through"}");
                }
            }
        }

        Assert.Empty(differences);
    }

    [Fact]
    public async Task A_call_without_a_caller_is_refused()
    {
        await using var economy = await server.NewEconomy(WithSigner);
        await economy.Begin(TestEconomy.FirstWeek);
        using var nobody = Acting.AsNobody();
        foreach (var method in Methods())
        {
            var name = Name(method);
            var open = Open.GetValueOrDefault(name, "");

            Assert.Equal(
                (name, open.Length == 0 ? CallRefusal.NotForClients : open.Contains('h', StringComparison.Ordinal) ? null
                    : (CallRefusal?)CallRefusal.NotProven),
                (name, await Refusal(economy.Grains, method)));
        }
    }

    [Fact]
    public void What_a_message_says_of_its_caller_is_held_against_the_token()
    {
        string[] names = ["By", "ApprovedBy", "Source", "IsOperator", "SignedInAt"];
        var members =
            from method in Methods()
            where Open.ContainsKey(Name(method))
            from parameter in method.GetParameters()
            from member in parameter.ParameterType.GetProperties()
            where names.Contains(member.Name)
            select (Name: $"{Name(method)}: {member.Name}", member);

        Assert.NotEmpty(members);
        Assert.All(members, member =>
            Assert.True(member.member.IsDefined(typeof(FromCallerAttribute)), $"{member.Name} may be anybody's"));
    }

    private static IEnumerable<MethodInfo> Methods() => typeof(IHealthGrain).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
        .SelectMany(type => type.GetMethods()).OrderBy(Name, StringComparer.Ordinal);

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    /// <summary>Why a call with empty arguments was not let through; null where it was, whatever became of it.</summary>
    private static async Task<CallRefusal?> Refusal(IGrainFactory grains, MethodInfo method)
    {
        var type = method.DeclaringType!;
        var key = type.Name.StartsWith("IWeek", StringComparison.Ordinal) || type.Name == "ICorrectionsGrain"
            ? TestEconomy.FirstWeek.ToString() + (type.Name == "IWeekShardGrain" ? "/1" : "")
            : type.Name == "IRedistributionGrain" ? "2024-Q2"
            : Own;
        var grain = typeof(IGrainWithStringKey).IsAssignableFrom(type)
            ? grains.GetGrain(type, key)
            : grains.GetGrain(type, 0);
        object?[] arguments = [.. method.GetParameters().Select(parameter => Empty(parameter.ParameterType))];
        try
        {
            dynamic answer = method.Invoke(grain, arguments)!;
            await answer;
            return null;
        }
        catch (CallRefusedException refused)
        {
            return refused.Reason;
        }
        catch (Exception exception) when (exception is not TargetInvocationException)
        {
            // It was called with nothing, and says so in its way.
            return null;
        }
    }

    private static object? Empty(Type type) => type == typeof(string) ? Own
        : type == typeof(WeekId) ? TestEconomy.FirstWeek
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;
}
