using System.Text.Json;
using Stk.ApiHost.Inputs;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.OpenApi;

/// <summary>What the examples of all topics have in common.</summary>
internal static class Sample
{
    public const string Service = "mentor_session";
    public static readonly DateTimeOffset At = new(2025, 12, 18, 9, 30, 0, TimeSpan.Zero);
    public static readonly WeekId Week = WeekId.OfNumber(202551);
    public static readonly Guid Transaction = new("0b54ad4c-7c3c-5f2e-9a51-2f5a3a1b8f10");
    public static readonly Guid Sent = new("0190c2f0-0000-7000-8000-000000000001");

    public static PageView<T> Page<T>(T item) => new([item], null);

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
