using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Sources;

/// <summary>Sources and their watermarks. What the topic brings beside its endpoints.</summary>
internal static class SourceTopic
{
    public static Topic Topic => new(SourceJson.Default, SharedTags.Operation)
    {
        Examples =
        [
            new SourceView("club", Sample.At, Required: true),
            new SourceBody(Required: true, Sample.At),
        ],
    };
}
