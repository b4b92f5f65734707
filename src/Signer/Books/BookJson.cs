using System.Text.Json.Serialization;

namespace Stk.Signer.Books;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BookEntry))]
internal sealed partial class BookJson : JsonSerializerContext;
