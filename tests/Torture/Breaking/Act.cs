namespace Stk.Torture.Breaking;

/// <summary>What the nemesis does. Those above 100 kill nobody.</summary>
internal enum Act
{
    KillSilo = 1,
    KillBothSilos = 2,
    KillApi = 3,
    StopPostgresAtOnce = 4,
    KillPostmaster = 5,
    KillBackend = 6,
    TerminateBackend = 7,
    FaultPoint = 8,
    KillSigner = 9,

    PauseSilo = 101,
    PauseSiloForAMinute = 102,
    CutConnections = 103,
    CutAtCommit = 104,
    RefuseConnections = 105,
    Delay = 106,
    RemindersFromAllSides = 107,
    FillDisk = 108,
    PauseSigner = 109,
    ChainFault = 110,
    ChainFork = 111,
}
