namespace Aeos.Embedded.Reading;

/// <summary>Signals to all watches that are open now.</summary>
internal sealed class WatchEndings
{
    private readonly Lock _changing = new();
    private TaskCompletionSource<WatchEnding> _ending = New<WatchEnding>();
    private TaskCompletionSource _bookmark = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<WatchEnding> Ending
    {
        get
        {
            lock (_changing)
            {
                return _ending.Task;
            }
        }
    }

    public Task Bookmark
    {
        get
        {
            lock (_changing)
            {
                return _bookmark.Task;
            }
        }
    }

    public void End(WatchEnding how)
    {
        lock (_changing)
        {
            _ending.SetResult(how);
            _ending = New<WatchEnding>();
        }
    }

    public void AskForBookmarks()
    {
        lock (_changing)
        {
            _bookmark.SetResult();
            _bookmark = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
