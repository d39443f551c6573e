using System.Collections.Immutable;
using Aeos.Embedded.Errors;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;

namespace Aeos.Embedded.Reading;

/// <summary>Gets and lists. All pages of one list show the objects as they were when the first was asked for.</summary>
internal sealed class ObjectReader(ClusterState state)
{
    public StoredObject Get(ResourceType type, string? ns, string name, long? atLeast)
    {
        lock (state.Gate)
        {
            CheckReached(atLeast);
            return state.Find(type, ns, name) ?? throw ApiError.NotFound(type, name);
        }
    }

    public ListPage List(ResourceType type, ListRequest request)
    {
        var (items, revision, start) = Snapshot(type, request);
        var selection = request.Selection;
        var (low, high) = ObjectRange.Of(items, selection.Namespace);
        if (start is not null)
        {
            low = Math.Max(low, ObjectRange.From(items, start));
        }

        var found = new List<StoredObject>(request.Limit > 0 ? Math.Min(request.Limit, high - low + 1) : Math.Max(0, high - low));
        var at = low;
        for (; at < high && (request.Limit == 0 || found.Count < request.Limit); at++)
        {
            var item = items[at];
            if (selection.Matches(item))
            {
                found.Add(item);
            }
        }

        if (at >= high)
        {
            return new ListPage(found, revision, null, null);
        }

        lock (state.Gate)
        {
            if (revision >= state.Of(type).CompactedAt)
            {
                state.Of(type).Keep(revision, items);
            }
        }

        var next = new ContinueToken(revision, items[at - 1].Key + "\0").ToString();
        return new ListPage(found, revision, next, selection.IsWhole ? high - at : null);
    }

    private (ImmutableSortedSet<StoredObject> Items, long Revision, string? Start) Snapshot(ResourceType type, ListRequest request)
    {
        lock (state.Gate)
        {
            var collection = state.Of(type);
            if (request.Continue is null)
            {
                CheckReached(request.ResourceVersion);
                return request is { Exact: true, ResourceVersion: { } exact }
                    ? (collection.At(exact) ?? throw ApiError.Expired("The resourceVersion for the provided list is too old."), exact, null)
                    : (collection.Items, state.Revision, null);
            }

            if (request.ResourceVersion is not null and not 0)
            {
                throw ApiError.BadRequest("specifying resource version is not allowed when using continue");
            }

            var token = ContinueToken.Parse(request.Continue);
            if (token.Revision == ContinueToken.Inconsistent)
            {
                return (collection.Items, state.Revision, token.Start);
            }

            return collection.At(token.Revision) is { } items
                ? (items, token.Revision, token.Start)
                : throw ApiError.Expired(
                    "The provided continue parameter is too old to display a consistent list result. "
                        + "You can start a new list, or get the rest, inconsistently, with the token of this answer.",
                    (token with { Revision = ContinueToken.Inconsistent }).ToString());
        }
    }

    private void CheckReached(long? revision)
    {
        if (revision > state.Revision)
        {
            throw ApiError.VersionTooLarge(revision.Value, state.Revision);
        }
    }
}
