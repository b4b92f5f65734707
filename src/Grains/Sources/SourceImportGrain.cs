using Orleans.Concurrency;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Sources;
using Stk.Sources.PostHog;
using Stk.Sources.Reading;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="ISourceImportGrain"/>
// On any silo, many at once: it remembers nothing.
[StatelessWorker, Reentrant]
internal sealed class SourceImportGrain(SourceDirectory directory, ForeignTaking taking) : Grain, ISourceImportGrain
{
    public async Task<ImportReply> Take(ImportRequest request, CancellationToken cancellation)
    {
        var name = this.GetPrimaryKeyString();
        if (request.By != name || await directory.Find(name, isCaller: false, cancellation) is not { } source)
        {
            return new(ImportVerdict.Unknown, []);
        }

        if (source.Settings is not { Kind: SourceKind.PostHog } settings)
        {
            return new(ImportVerdict.NoFiles, []);
        }

        if (!settings.IsActive)
        {
            return new(ImportVerdict.Paused, []);
        }

        var gate = await directory.Gate(source, cancellation);
        var items = request.Lines.Select(line => ForeignTaking.Admit(
            PostHogEvents.ReadExportLine(line, settings) ?? new ForeignItem.Nothing(), gate)).ToList();
        return new(
            ImportVerdict.Taken,
            await taking.Take(
                name, source.Id, items, [.. request.Lines.Select(line => PostHogEvents.ExportText(line))], mayRepeat: true,
                cancellation));
    }
}
