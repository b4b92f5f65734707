using Stk.Torture;
using Stk.Torture.Years;

var report = new Report();
try
{
    var settings = TortureSettings.Read(args);
    if (settings.Weeks > 0)
    {
        report.Say($"seed {settings.Seed}, {settings.Weeks} weeks by script, {settings.Kills} kills");
        return await new YearRun(settings, report).Run() ? 0 : 1;
    }

    report.Say(settings.From is { } from
        ? $"seed {settings.Seed}, an upgrade from the build in app/{from}"
        : $"seed {settings.Seed}, {settings.Kills} kills; a full disk is "
            + (settings.Disk is { } disk ? $"a small tmpfs at {disk}" : "a fault point that answers 53100: nothing can be mounted here"));
    return await new TortureRun(settings, report).Run() ? 0 : 1;
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (Exception exception)
{
    report.Say($"FAIL {exception}");
    return 1;
}
