namespace Aeos.ObjectStore.Azure.Tests.Network;

internal enum FaultKind
{
    /// <summary>The connection breaks within the request's body.</summary>
    CutRequest,

    /// <summary>The connection breaks within the answer's body.</summary>
    CutAnswer,

    /// <summary>The service does what was asked, and nobody hears of it.</summary>
    LoseAnswer,

    /// <summary>Nothing moves any more within the request's body.</summary>
    StallRequest,

    /// <summary>Nothing moves any more within the answer's body.</summary>
    StallAnswer,

    /// <summary>A byte of the request's body changes.</summary>
    CorruptRequest,

    /// <summary>A byte of the answer's body changes.</summary>
    CorruptAnswer,

    /// <summary>Something answers in the service's place.</summary>
    Answer,
}
