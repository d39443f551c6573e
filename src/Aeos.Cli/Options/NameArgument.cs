using System.CommandLine;
using Aeos.Backup;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>The name of the one backup or restore that a verb is about.</summary>
/// <param name="what">What is named: <c>backup</c> or <c>restore</c>.</param>
internal sealed class NameArgument(string what) : Argument<string?>("NAME")
{
    /// <summary>One that has to be given.</summary>
    public static NameArgument Required(string what) => new(what) { Description = $"The {what}'s name." };

    /// <summary>One that may be left out.</summary>
    public static NameArgument Optional(string what, string description) => new(what) { Arity = ArgumentArity.ZeroOrOne, Description = description };

    /// <summary>The name; null when none is given.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public string? TryRead(ParseResult result) => result.GetValue(this) is { } name ? UsageException.Instead(() => OperationName.Checked(name, what)) : null;

    /// <summary>The name.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public string Read(ParseResult result) => UsageException.Instead(() => OperationName.Checked(result.GetRequiredValue(this) ?? "", what));
}
