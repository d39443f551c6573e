using System.Globalization;
using Aeos.Kubernetes.Discovery;
using Aeos.Kubernetes.Requests;

namespace Aeos.Kubernetes.Lists;

/// <summary>Where a list stands: which page, of which state, and how many of its items have been handed out.</summary>
internal sealed class PagePosition
{
    /// <summary>Objects a page; 0: all.</summary>
    public int Limit { get; init; }

    /// <summary>The page's token; empty for the first.</summary>
    public string Continue { get; private init; } = "";

    /// <summary>The state that the first page has to be of when it is asked for again; empty: none yet.</summary>
    public string ExactVersion { get; set; } = "";

    /// <summary>Items of this page that have been handed out: they are skipped when it comes again.</summary>
    public int Done { get; set; }

    /// <summary>Whether the request names a state, which the server may have forgotten.</summary>
    public bool CanExpire => Continue.Length > 0 || ExactVersion.Length > 0;

    /// <summary>Where the list goes on with this token.</summary>
    public PagePosition After(string token) => new() { Limit = Limit, Continue = token };

    // The server refuses a resourceVersion beside a token.
    public string Target(ApiResource resource, ListOptions list) => ResourcePath.WithQuery(
        ResourcePath.Collection(resource, list.Namespace),
        ("labelSelector", list.LabelSelector),
        ("fieldSelector", list.FieldSelector),
        ("limit", Limit > 0 ? Limit.ToString(CultureInfo.InvariantCulture) : null),
        ("continue", Continue),
        ("resourceVersion", Continue.Length > 0 ? null : ExactVersion.Length > 0 ? ExactVersion : list.ResourceVersion),
        ("resourceVersionMatch", Match(list)));

    private string? Match(ListOptions list) => Continue.Length > 0 ? null
        : ExactVersion.Length > 0 ? "Exact"
        : list.ResourceVersion is null or "0" or "" ? null : "NotOlderThan";
}
