using Aeos.Cluster.Tests.Running;
using Aeos.ObjectStore;

namespace Aeos.Cluster.Tests.Stores;

/// <summary>A bucket that a program of its own works in, and that tells what is done to it.</summary>
internal interface IWatchedBucket
{
    /// <summary>What is visible in it.</summary>
    IObjectStore Store { get; }

    /// <summary>A folder for whatever else the program needs.</summary>
    string Folder { get; }

    string KeyFile { get; }

    /// <summary>The location's manifest, for the program.</summary>
    string Manifest { get; }

    /// <summary>Credentials, for the program.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Tells of each change until it is disposed.</summary>
    /// <param name="changing">Says whether the change may take place, where that is open still.</param>
    IDisposable Watch(Func<bool> changing);

    /// <summary>What is visible, for looking at it object by object.</summary>
    Task<Bucket> LookAsync();
}
