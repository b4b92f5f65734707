using System.Buffers;

namespace Stk.Cli.Replay;

/// <summary>Lines on their way, as one JSON array.</summary>
internal sealed class EventBatch
{
    /// <summary>The API takes no more. Unit: events.</summary>
    public const int MostEvents = 10_000;

    /// <summary>Well below what a host accepts as a body. Unit: bytes.</summary>
    public const int MostBytes = 8 << 20;

    private readonly ArrayBufferWriter<byte> _array = new();
    private readonly List<string> _places = [];

    public int Events => _places.Count;

    /// <summary>Lines that cannot be read: they are not in the array, and count as read.</summary>
    public int Unreadable { get; private set; }

    public int Lines => Events + Unreadable;

    public bool IsFull => Events == MostEvents || _array.WrittenCount >= MostBytes;

    public void Add(EventLine line)
    {
        if (line.Fault is not null)
        {
            Unreadable++;
            return;
        }

        _array.Write(Events == 0 ? "["u8 : ","u8);
        _array.Write(line.Bytes.Span);
        _places.Add(line.Place);
    }

    /// <summary>Closes the array, of at least one event; valid until <see cref="Clear"/>, which comes next.</summary>
    public ReadOnlyMemory<byte> Close()
    {
        _array.Write("]"u8);
        return _array.WrittenMemory;
    }

    /// <summary>File and line of an event.</summary>
    public string PlaceOf(int position) => _places[position];

    public void Clear()
    {
        _array.ResetWrittenCount();
        _places.Clear();
        Unreadable = 0;
    }
}
