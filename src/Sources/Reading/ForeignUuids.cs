namespace Stk.Sources.Reading;

/// <summary>The uuids of what was read, by which two reads are held against one another.</summary>
public static class ForeignUuids
{
    /// <summary>Of all items that have one, whatever becomes of them.</summary>
    public static IEnumerable<Guid> Of(IEnumerable<ForeignItem> items) => items.Select(item => item switch
    {
        ForeignItem.Wellformed { Event.Activity.Uuid: var uuid } => uuid,
        ForeignItem.Rejected { Uuid: var uuid } => uuid,
        ForeignItem.NotAllowed { Uuid: var uuid } => uuid,
        _ => (Guid?)null,
    }).OfType<Guid>();
}
