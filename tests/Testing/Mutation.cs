namespace Stk.Testing;

/// <summary>Bytes made worse, as a seed says.</summary>
public static class Mutation
{
    // What breaks parsers most: the largest and smallest of a byte, and signs of JSON.
    private static readonly byte[] Worst = [0xFF, 0x80, 0x7F, 0, .. "\"{}[],:-e\\"u8];

    public static byte[] Of(byte[] sample, Random random)
    {
        var bytes = sample.ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var place = random.Next(bytes.Count + 1);
            switch (random.Next(7))
            {
                case 0 when place < bytes.Count:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when place < bytes.Count:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 3 when place < bytes.Count:
                    bytes.RemoveAt(place);
                    break;
                case 4:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                case 5:
                    var length = random.Next(Math.Min(64, bytes.Count - place) + 1);
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(place, length));
                    break;
                default:
                    bytes.Insert(place, Worst[random.Next(Worst.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
