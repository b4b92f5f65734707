using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stk.Rules.Money;

/// <summary>An amount in JSON is a string: a number would pass through a double on the way.</summary>
public sealed class AmountJsonConverter : JsonConverter<Amount>
{
    private const string Rule = "an amount is a string of digits with at most 6 decimals, such as \"1584\" or \"0.5\"";

    /// <exception cref="JsonException">Not a string, or not an amount. The value is not in the message.</exception>
    public override Amount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Amount.TryParse(Text(ref reader), out var amount)
            ? amount
            : throw new JsonException(Rule);

    public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException malformed)
        {
            // Half a surrogate pair, or bytes that are no UTF-8.
            throw new JsonException(Rule, malformed);
        }
    }
}
