namespace Aeos.Server.Metrics;

/// <summary>What is counted of the controllers.</summary>
internal sealed class ControllerMetrics
{
    private readonly Counter _reconciles;
    private readonly Gauge _waiting;
    private readonly Gauge _leads;

    public ControllerMetrics(MetricRegistry registry)
    {
        _reconciles = registry.Counter("aeos_reconcile_total", "How often a controller looked at a resource, by how that ended: success or error", "controller", "result");
        _waiting = registry.Gauge("aeos_queue_length", "Resources that wait for a controller", "controller");
        _leads = registry.Gauge("aeos_leader", "Whether this server is the one that works: 1 is yes");
        _leads.Set(0);
    }

    /// <summary>A controller has looked at a resource.</summary>
    public void Reconciled(string controller, bool succeeded)
    {
        // Both are there from the beginning, so that an alert sees the first error as a change.
        _reconciles.Add(succeeded ? 1 : 0, controller, "success");
        _reconciles.Add(succeeded ? 0 : 1, controller, "error");
    }

    /// <summary>How many resources wait for a controller.</summary>
    public void SetWaiting(string controller, int resources) => _waiting.Set(resources, controller);

    /// <summary>Whether this server is the one that works.</summary>
    public void SetLeads(bool leads) => _leads.Set(leads ? 1 : 0);
}
