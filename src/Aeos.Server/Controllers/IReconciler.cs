namespace Aeos.Server.Controllers;

/// <summary>Brings one resource a step nearer to what it asks for. Called for one name at a time, again after every change, and after every failure.</summary>
internal interface IReconciler
{
    /// <summary>Looks at the resource and does what is due.</summary>
    /// <param name="name">The resource's name in the server's namespace; it may be gone.</param>
    /// <param name="cancellationToken">Cancelled when the server stops.</param>
    /// <returns>When to look again though nothing changes; null: when something does.</returns>
    Task<TimeSpan?> ReconcileAsync(string name, CancellationToken cancellationToken);
}
