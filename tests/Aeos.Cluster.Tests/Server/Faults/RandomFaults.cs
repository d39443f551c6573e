namespace Aeos.Cluster.Tests.Server.Faults;

/// <summary>What goes wrong in a bad hour, step by step and request by request: the same for each seed, as far as the requests are the same.</summary>
internal sealed class RandomFaults(FaultRoom room, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private int _apiAway;
    private int _bucketAway;
    private bool _hasEnded;
    private int _count;

    public int Count => _count;

    /// <summary>What becomes of a request.</summary>
    public ApiFault Decide(ApiCall call)
    {
        lock (_lock)
        {
            var fault = _hasEnded ? ApiFault.None : _random.Next(500) switch
            {
                0 or 1 => ApiFault.Answer(429, "TooManyRequests"),
                2 or 3 => ApiFault.Answer(500, "InternalError"),
                4 => ApiFault.Answer(503, "ServiceUnavailable"),
                5 or 6 when call.Method == "PATCH" => ApiFault.Answer(409, "Conflict"),
                7 or 8 => ApiFault.Cut,
                9 or 10 => ApiFault.Lost,
                _ => ApiFault.None,
            };
            _count += fault == ApiFault.None ? 0 : 1;
            return fault;
        }
    }

    /// <summary>Lets the API and the bucket go and come, and watches break: for one step of the clock, which is two seconds.</summary>
    public async Task PassAsync()
    {
        if (_hasEnded)
        {
            return;
        }

        if (_random.Next(10) == 0)
        {
            _count += room.Api.CutWatches();
        }

        if (_apiAway > 0 && --_apiAway == 0)
        {
            await room.Api.ComeBackAsync();
        }
        else if (_apiAway == 0 && _random.Next(300) == 0)
        {
            _count++;
            _apiAway = _random.Next(1, 45);
            await room.Api.GoAwayAsync();
        }

        if (_bucketAway > 0 && --_bucketAway == 0)
        {
            Directory.Move(Away, room.BucketFolder);
        }
        else if (_bucketAway == 0 && _random.Next(300) == 0)
        {
            _count++;
            _bucketAway = _random.Next(5, 75);
            Directory.Move(room.BucketFolder, Away);
        }
    }

    /// <summary>Ends the bad hour.</summary>
    public async Task EndAsync()
    {
        lock (_lock)
        {
            _hasEnded = true;
        }

        if (_apiAway > 0)
        {
            await room.Api.ComeBackAsync();
        }

        if (_bucketAway > 0)
        {
            Directory.Move(Away, room.BucketFolder);
        }

        (_apiAway, _bucketAway) = (0, 0);
    }

    private string Away => $"{room.BucketFolder}-away";
}
