namespace Stk.ApiHost.Inputs;

/// <summary>The uuid in a path.</summary>
internal static class UuidPath
{
    public const string Rule = "must be a uuid, such as 0190c2f0-0000-7000-8000-000000000001";

    public static bool TryParse(string text, out Guid id) => Guid.TryParseExact(text, "D", out id);
}
