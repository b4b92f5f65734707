using System.Text.Json.Serialization;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;

namespace Stk.SignerCalls.Frames;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SignerAsk))]
[JsonSerializable(typeof(SignerAnswer))]
internal sealed partial class SignerJson : JsonSerializerContext;
