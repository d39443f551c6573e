using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Aeos.ObjectStore.Azure.Tests.Network;

/// <summary>
/// Stands between a store and Azurite and breaks things when told. It knows just enough HTTP: one request a connection, so that the end of an answer is
/// the end of its connection.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _service;
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly Lock _lock = new();
    private readonly List<(string Beginning, Fault Fault)> _plan = [];
    private readonly Task _accepting;

    public FaultyProxy(Uri service)
    {
        _service = service;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where a store reaches the service through this proxy.</summary>
    public Uri Address => new UriBuilder(_service) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    /// <summary>The heads of all requests.</summary>
    public IReadOnlyList<string> Heads => [.. _heads];

    /// <summary>Asked, with its head, what happens to each request that has no fault planned; null: nothing.</summary>
    public Func<string, Fault?>? OnRequest { get; set; }

    /// <summary>How many faults have not happened yet.</summary>
    public int Planned
    {
        get
        {
            lock (_lock)
            {
                return _plan.Count;
            }
        }
    }

    /// <summary>Plans a fault for the next request that begins so and has none planned before.</summary>
    /// <param name="beginning">The method, or the method and the beginning of the path.</param>
    /// <param name="faults">One for each request.</param>
    public void Plan(string beginning, params Fault[] faults)
    {
        lock (_lock)
        {
            _plan.AddRange(faults.Select(fault => (beginning, fault)));
        }
    }

    /// <summary>Waits until no connection is left of clients that went away.</summary>
    public Task SettleAsync() => Task.WhenAll(_connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        try
        {
            await ExchangeAsync(client);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One side went away: that is what this proxy is for.
        }
    }

    private async Task ExchangeAsync(TcpClient client)
    {
        var near = client.GetStream();
        var (head, rest) = await ReadHeadAsync(near);
        if (head.Length == 0)
        {
            return;
        }

        _heads.Enqueue(head);
        var fault = Next(head) ?? OnRequest?.Invoke(head);
        var length = ContentLength(head) - rest.Length;
        if (fault?.Kind == FaultKind.Answer)
        {
            await SkipAsync(near, length);
            await near.WriteAsync(Encoding.ASCII.GetBytes($"{fault.Answer}Connection: close\r\n\r\n"), _stop.Token);
            await CloseGentlyAsync(near);
            return;
        }

        if (fault?.Kind is FaultKind.CutRequest or FaultKind.StallRequest && ContentLength(head) == 0)
        {
            await SkipAsync(near, fault.Kind == FaultKind.StallRequest ? long.MaxValue : 0);
            return;
        }

        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Parse(_service.Host), _service.Port, _stop.Token);
        var far = server.GetStream();
        await far.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\nConnection: close\r\n\r\n"), _stop.Token);
        var wayThere = new FaultyWay(near, far, near, OfRequest(fault), _stop.Token);
        if (!await wayThere.SendAsync(rest) || !await wayThere.CopyAsync(length))
        {
            return;
        }

        if (fault?.Kind == FaultKind.LoseAnswer)
        {
            await SkipAsync(far, long.MaxValue);
            return;
        }

        var (answer, body) = await ReadHeadAsync(far);
        await near.WriteAsync(Encoding.ASCII.GetBytes($"{answer}\r\n\r\n"), _stop.Token);
        var wayBack = new FaultyWay(far, near, near, OfAnswer(fault), _stop.Token);
        if (await wayBack.SendAsync(body) && await wayBack.CopyAsync(null))
        {
            await CloseGentlyAsync(near);
        }
    }

    private Fault? Next(string head)
    {
        lock (_lock)
        {
            var index = _plan.FindIndex(planned => head.StartsWith(planned.Beginning, StringComparison.Ordinal));
            if (index < 0)
            {
                return null;
            }

            var fault = _plan[index].Fault;
            _plan.RemoveAt(index);
            return fault;
        }
    }

    private static Fault? OfRequest(Fault? fault) =>
        fault?.Kind is FaultKind.CutRequest or FaultKind.StallRequest or FaultKind.TrickleRequest or FaultKind.CorruptRequest ? fault : null;

    private static Fault? OfAnswer(Fault? fault) =>
        fault?.Kind is FaultKind.CutAnswer or FaultKind.StallAnswer or FaultKind.TrickleAnswer or FaultKind.CorruptAnswer ? fault : null;

    private static long ContentLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : long.Parse(line.Split(':')[1].Trim(), CultureInfo.InvariantCulture);
    }

    private async Task<(string Head, byte[] Body)> ReadHeadAsync(NetworkStream stream)
    {
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
            {
                return ("", []);
            }

            read.Write(buffer, 0, count);
            var all = read.ToArray();
            var end = all.AsSpan().IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return (Encoding.ASCII.GetString(all, 0, end), all[(end + 4)..]);
            }
        }
    }

    private async Task SkipAsync(NetworkStream stream, long length)
    {
        var buffer = new byte[64 * 1024];
        while (length > 0 && await stream.ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            length -= count;
        }
    }

    private async Task CloseGentlyAsync(NetworkStream client)
    {
        client.Socket.Shutdown(SocketShutdown.Send);
        await SkipAsync(client, long.MaxValue);
    }
}
