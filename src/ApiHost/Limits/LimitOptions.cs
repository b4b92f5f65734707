using System.ComponentModel.DataAnnotations;

namespace Stk.ApiHost.Limits;

/// <summary>
/// Section <c>Stk:Limits</c>: what this host takes on at once. On by default; past it, 503 <c>busy</c> at once.
/// </summary>
public sealed class LimitOptions
{
    public const string Section = "Stk:Limits";

    /// <summary>Requests with events that are worked on. Unit: requests.</summary>
    [Range(1, 10_000)]
    public int Intake { get; set; } = 16;

    /// <summary>Requests with events that wait for one of these to end. Unit: requests.</summary>
    [Range(0, 100_000)]
    public int IntakeWaiting { get; set; } = 32;

    /// <summary>
    /// What the bodies of requests with events may hold together, as sent, unpacked and parsed; what goes beyond is told to
    /// come again. The largest body by itself needs some 140. Unit: MiB.
    /// </summary>
    [Range(1, 1_048_576)]
    public int IntakeMebibytes { get; set; } = 384;

    /// <summary>Other requests that change something. Unit: requests.</summary>
    [Range(1, 10_000)]
    public int Writes { get; set; } = 256;

    /// <summary>Those that wait. Unit: requests.</summary>
    [Range(0, 100_000)]
    public int WritesWaiting { get; set; } = 512;

    /// <summary>What their bodies may hold together. Unit: MiB.</summary>
    [Range(1, 1_048_576)]
    public int WritesMebibytes { get; set; } = 64;

    /// <summary>Requests that read. Unit: requests.</summary>
    [Range(1, 100_000)]
    public int Reads { get; set; } = 512;

    /// <summary>Those that wait. Unit: requests.</summary>
    [Range(0, 100_000)]
    public int ReadsWaiting { get; set; } = 1_024;

    /// <summary>What their bodies may hold together: a read has none. Unit: MiB.</summary>
    [Range(1, 1_048_576)]
    public int ReadsMebibytes { get; set; } = 16;

    /// <summary>Connections; one more is closed as soon as it is opened.</summary>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 10_000;

    /// <summary>When a sender slower than 240 bytes a second is cut off. Unit: seconds from the body's first byte.</summary>
    [Range(2, 60)]
    public int SlowBodySeconds { get; set; } = 5;

    /// <summary>How long a body may take in all: a slow one holds a place among those that are worked on.</summary>
    [Range(1, 3_600)]
    public int BodySeconds { get; set; } = 60;

    /// <summary>How long the headers of a request may take.</summary>
    [Range(1, 120)]
    public int HeaderSeconds { get; set; } = 15;
}
