using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Stk.ApiHost.Pages;

/// <summary>
/// The style, the script and the picture of the pages, each under an address that has its content in it: whoever has it need
/// never ask again. Packed once, at the start.
/// </summary>
public sealed class PageAssets
{
    private const string Resource = "Stk.ApiHost.Pages.Assets.";
    private const int HashCharacters = 12;

    private readonly FrozenDictionary<string, Asset> _byName;

    public PageAssets()
    {
        var style = Read("cabinet.css", "text/css; charset=utf-8");
        var script = Read("cabinet.js", "text/javascript; charset=utf-8");
        var icon = Read("stk.svg", "image/svg+xml");
        (Style, Script, Icon) = (Address(style), Address(script), Address(icon));
        _byName = new[] { style, script, icon }.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
    }

    /// <summary>Where they all are.</summary>
    public static string Path => "/assets";

    public string Style { get; }

    public string Script { get; }

    public string Icon { get; }

    internal Asset? Find(string name) => _byName.GetValueOrDefault(name);

    private static string Address(Asset asset) => $"{Path}/{asset.Name}";

    private static Asset Read(string file, string type)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(Resource + file)
            ?? throw new InvalidOperationException($"{file} is not in the program");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var content = copy.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..HashCharacters];
        var dot = file.LastIndexOf('.');
        return new($"{file[..dot]}.{hash}{file[dot..]}", type, content, Packed(content));
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(content);
        }

        return packed.ToArray();
    }

    /// <param name="Packed">By Brotli.</param>
    internal sealed record Asset(string Name, string Type, byte[] Content, byte[] Packed);
}
