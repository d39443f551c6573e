namespace Aeos.ObjectStore.Azure.Tests.Network;

internal enum FaultKind
{
    /// <summary>The connection breaks within the request's body, or before a request that has none.</summary>
    CutRequest,

    /// <summary>The connection breaks within the answer's body.</summary>
    CutAnswer,

    /// <summary>The service does what was asked, and nobody hears of it.</summary>
    LoseAnswer,

    /// <summary>Nothing moves any more within the request's body, or before a request that has none.</summary>
    StallRequest,

    /// <summary>Nothing moves any more within the answer's body.</summary>
    StallAnswer,

    /// <summary>The rest of the request's body comes in drops, a kibibyte at a time.</summary>
    TrickleRequest,

    /// <summary>The rest of the answer's body comes in drops.</summary>
    TrickleAnswer,

    /// <summary>A byte of the request's body changes.</summary>
    CorruptRequest,

    /// <summary>A byte of the answer's body changes.</summary>
    CorruptAnswer,

    /// <summary>Something answers in the service's place.</summary>
    Answer,
}
