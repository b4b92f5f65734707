using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Stk.ApiHost.Pages;

/// <summary>A word in a plot: Razor takes <c>text</c> in code for a word of its own.</summary>
public sealed class Label : ComponentBase
{
    [Parameter, EditorRequired]
    public string X { get; set; } = "";

    /// <summary>From the top.</summary>
    [Parameter, EditorRequired]
    public int Y { get; set; }

    [Parameter, EditorRequired]
    public string Word { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y);
        builder.AddAttribute(3, "text-anchor", "middle");
        builder.AddContent(4, Word);
        builder.CloseElement();
    }
}
