using System.Text.Json.Serialization;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Participants;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(AmountJsonConverter), typeof(WeekIdJsonConverter)])]
[JsonSerializable(typeof(SelfView))]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(ProfileBody))]
internal sealed partial class ParticipantJson : JsonSerializerContext;
