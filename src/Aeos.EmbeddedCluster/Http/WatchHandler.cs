using Aeos.Embedded.Errors;
using Aeos.Embedded.Reading;
using Aeos.Embedded.Selection;
using Aeos.Embedded.Storage;
using Aeos.Embedded.Types;
using Microsoft.AspNetCore.Http;

namespace Aeos.Embedded.Http;

/// <summary>
/// Streams changes, one JSON object a line. An object that begins to match a selector comes as ADDED, one that ceases to as DELETED. What
/// is too old to begin from is told as real servers do it: 200, and an ERROR event.
/// </summary>
internal sealed class WatchHandler(ClusterState state, WatchEndings endings, TimeProvider time, TimeSpan bookmarkInterval)
{
    public async Task HandleAsync(HttpContext context, ResourceType type, string version, WatchRequest request)
    {
        var aborted = context.RequestAborted;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-cache, private";

        // Taken before the beginning is: a test that has seen the head of the answer can end the watch.
        var ending = endings.Ending;
        var output = new WatchOutput(context.Response.BodyWriter, type, version);
        Change at;
        IReadOnlyList<StoredObject> initial;
        long revision;
        try
        {
            (at, initial, revision) = Begin(type, request);
        }
        catch (ApiError e) when (e.Code == StatusCodes.Status410Gone)
        {
            output.Write("ERROR", e.ToStatus());
            await output.FlushAsync(aborted).ConfigureAwait(false);
            return;
        }

        await context.Response.StartAsync(aborted).ConfigureAwait(false);
        foreach (var item in initial.Where(request.Selection.Matches))
        {
            await output.WriteAsync("ADDED", item, aborted).ConfigureAwait(false);
        }

        if (request.InitialEvents && request.Bookmarks)
        {
            output.WriteBookmark(revision, initial: true);
        }

        await output.FlushAsync(aborted).ConfigureAwait(false);
        await FollowAsync(context, output, at, type, request, ending).ConfigureAwait(false);
    }

    private async Task FollowAsync(HttpContext context, WatchOutput output, Change at, ResourceType type, WatchRequest request, Task<WatchEnding> ending)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var timeout = request.Timeout is { } limit ? Task.Delay(limit, time, over.Token) : Task.Delay(Timeout.Infinite, over.Token);
        var tick = Task.Delay(bookmarkInterval, time, over.Token);
        try
        {
            while (true)
            {
                var asked = endings.Bookmark;
                while (at.Next is { } next)
                {
                    at = next;
                    await WriteAsync(output, at, request.Selection, over.Token).ConfigureAwait(false);
                }

                await output.FlushAsync(over.Token).ConfigureAwait(false);
                Task more;
                lock (state.Gate)
                {
                    more = state.Of(type).WaitAfter(at);
                }

                await Task.WhenAny(more, ending, timeout, tick, asked).ConfigureAwait(false);
                over.Token.ThrowIfCancellationRequested();
                if (ending.IsCompleted)
                {
                    await EndAsync(context, output, await ending.ConfigureAwait(false)).ConfigureAwait(false);
                    return;
                }

                if (request.Bookmarks && (tick.IsCompleted || asked.IsCompleted || timeout.IsCompleted))
                {
                    Bookmark(output, at, type);
                    await output.FlushAsync(over.Token).ConfigureAwait(false);
                }

                if (timeout.IsCompleted)
                {
                    return;
                }

                if (tick.IsCompleted)
                {
                    tick = Task.Delay(bookmarkInterval, time, over.Token);
                }
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    private (Change At, IReadOnlyList<StoredObject> Initial, long Revision) Begin(ResourceType type, WatchRequest request)
    {
        lock (state.Gate)
        {
            var collection = state.Of(type);
            return request.InitialEvents || request.After is null or 0
                ? (collection.Tail, [.. state.In(type, request.Selection.Namespace)], state.Revision)
                : (collection.ResumeAfter(request.After.Value), [], state.Revision);
        }
    }

    private static async ValueTask WriteAsync(WatchOutput output, Change change, ObjectSelection selection, CancellationToken cancellationToken)
    {
        var matched = change.Before is not null && selection.Matches(change.Before);
        var matches = !change.Deleted && selection.Matches(change.After!);
        var name = (matched, matches) switch
        {
            (false, true) => "ADDED",
            (true, true) => "MODIFIED",
            (true, false) => "DELETED",
            _ => null,
        };
        if (name is not null)
        {
            await output.WriteAsync(name, change.After!, cancellationToken).ConfigureAwait(false);
        }
    }

    // Only where nothing waits to be written: a bookmark says that everything up to its revision was sent.
    private void Bookmark(WatchOutput output, Change at, ResourceType type)
    {
        lock (state.Gate)
        {
            if (state.Of(type).Tail == at)
            {
                output.WriteBookmark(state.Revision, initial: false);
            }
        }
    }

    private static async Task EndAsync(HttpContext context, WatchOutput output, WatchEnding how)
    {
        switch (how)
        {
            case WatchEnding.Cut:
                context.Abort();
                break;
            case WatchEnding.Expired:
                output.Write("ERROR", ApiError.Expired("The resourceVersion for the provided watch is too old.").ToStatus());
                await output.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                break;
            default:
                break;
        }
    }
}
