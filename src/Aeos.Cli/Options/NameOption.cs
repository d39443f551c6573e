using System.CommandLine;
using Aeos.Backup;
using Aeos.Cli.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>The name of a resource, such as that of a config map.</summary>
internal sealed class NameOption : Option<string?>
{
    private readonly string _what;

    /// <param name="name">The option.</param>
    /// <param name="what">What is named.</param>
    /// <param name="description">The help.</param>
    public NameOption(string name, string what, string description)
        : base(name)
    {
        _what = what;
        HelpName = "NAME";
        Description = description;
    }

    /// <summary>The name; null when none is given.</summary>
    /// <exception cref="UsageException">It is no name of a resource.</exception>
    public string? Read(ParseResult result) => result.GetValue(this) switch
    {
        null => null,
        "" => throw new UsageException($"the name in {Name} is empty", "Name it, or leave the option out."),
        var name => UsageException.Instead(() => OperationName.Checked(name, _what)),
    };
}
