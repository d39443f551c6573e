using System.CommandLine;

namespace Aeos.Cli.Options;

/// <summary>On, off or not said: <c>--flag</c>, <c>--flag=true</c>, <c>--flag=false</c>, as Velero has it.</summary>
internal sealed class SwitchOption : Option<bool?>
{
    public SwitchOption(string name, string description)
        : base(name)
    {
        HelpName = "true|false";
        Arity = ArgumentArity.ZeroOrOne;
        Description = description;
    }

    /// <summary>What was said; null for nothing.</summary>
    public bool? Read(ParseResult result) => result.GetResult(this) is { Implicit: false, Tokens.Count: 0 } ? true : result.GetValue(this);
}
