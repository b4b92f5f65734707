using System.Text.Json.Serialization;

namespace Stk.ApiHost.Wallets;

/// <summary>What stands in bodies of this topic, generated: nothing is found by reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(LinkedWalletView))]
[JsonSerializable(typeof(ChallengeBody))]
[JsonSerializable(typeof(ChallengeAnswer))]
[JsonSerializable(typeof(LinkBody))]
[JsonSerializable(typeof(WalletModeBody))]
internal sealed partial class WalletJson : JsonSerializerContext;
