namespace Aeos.Embedded;

/// <summary>A command that a client wants to run in a pod, and its streams. Nothing runs: the test's script plays the command.</summary>
public sealed class ExecCall
{
    internal ExecCall(string ns, string pod, string container, IReadOnlyList<string> command, bool tty, Stream stdin, Stream stdout, Stream stderr)
    {
        Namespace = ns;
        Pod = pod;
        Container = container;
        Command = command;
        Tty = tty;
        Stdin = stdin;
        Stdout = stdout;
        Stderr = stderr;
    }

    /// <summary>The pod's namespace.</summary>
    public string Namespace { get; }

    /// <summary>The pod's name.</summary>
    public string Pod { get; }

    /// <summary>The container's name: the one asked for, or the pod's first.</summary>
    public string Container { get; }

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string> Command { get; }

    /// <summary>Whether a terminal was asked for.</summary>
    public bool Tty { get; }

    /// <summary>What the client sends; empty when it sends nothing.</summary>
    public Stream Stdin { get; }

    /// <summary>Goes to the client at each write; nowhere when it did not ask for it.</summary>
    public Stream Stdout { get; }

    /// <summary>As <see cref="Stdout"/>, for errors.</summary>
    public Stream Stderr { get; }
}
