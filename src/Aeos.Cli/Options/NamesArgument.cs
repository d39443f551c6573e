using System.CommandLine;
using Aeos.Backup;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>The names of backups or of restores that a verb is about.</summary>
internal sealed class NamesArgument : Argument<string[]>
{
    private readonly string _what;

    private NamesArgument(string what, ArgumentArity arity, string description)
        : base("NAME")
    {
        _what = what;
        Arity = arity;
        Description = description;
    }

    /// <summary>Some, or others that an option chooses.</summary>
    public static NamesArgument SomeOrChosen(string what) => new(what, ArgumentArity.ZeroOrMore, $"The {what}s.");

    /// <summary>Some, or all.</summary>
    public static NamesArgument SomeOrAll(string what) => new(what, ArgumentArity.ZeroOrMore, $"The {what}s. Absent: all.");

    /// <summary>The names.</summary>
    /// <exception cref="UsageException">One is none.</exception>
    public IReadOnlyList<string> Read(ParseResult result) =>
        [.. (result.GetValue(this) ?? []).Select(name => UsageException.Instead(() => OperationName.Checked(name, _what)))];
}
