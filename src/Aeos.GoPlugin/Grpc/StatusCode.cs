namespace Aeos.GoPlugin.Grpc;

/// <summary>gRPC's status codes (grpc/doc/statuscodes.md).</summary>
public enum StatusCode
{
    /// <summary>Success.</summary>
    OK = 0,

    /// <summary>Cancelled, typically by the caller.</summary>
    Cancelled = 1,

    /// <summary>A failure of no known kind.</summary>
    Unknown = 2,

    /// <summary>The caller's argument is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there.</summary>
    NotFound = 5,

    /// <summary>What should be made is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do that.</summary>
    PermissionDenied = 7,

    /// <summary>Something is used up: a quota, the size of a message.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the operation needs.</summary>
    FailedPrecondition = 9,

    /// <summary>Aborted, typically by a conflict.</summary>
    Aborted = 10,

    /// <summary>Past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>No such method.</summary>
    Unimplemented = 12,

    /// <summary>An invariant is broken.</summary>
    Internal = 13,

    /// <summary>Not available now; a retry may help.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or was tampered with.</summary>
    DataLoss = 15,

    /// <summary>No valid credentials.</summary>
    Unauthenticated = 16,
}
