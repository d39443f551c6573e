using System.CommandLine;
using Aeos.Backup.Filters;
using Aeos.Cli.CommandLine;
using Aeos.Velero.Resources;

namespace Aeos.Cli.Options;

/// <summary>Velero's <c>--selector</c> and <c>--or-selector</c>.</summary>
/// <param name="verb">What is done with the objects that match, such as <c>back up</c>.</param>
internal sealed class SelectorOptions(string verb)
{
    private const string Or = " or ";

    private readonly Option<string?> _selector = new("--selector", "-l") { HelpName = "LABELS", Description = $"Only {verb} objects with these labels, as in app=shop,tier!=cache." };

    private readonly Option<string?> _orSelector = new("--or-selector")
    {
        HelpName = "LABELS",
        Description = $"Only {verb} objects that match one of several selectors, with \"{Or}\" between each two.",
    };

    public void AddTo(Command command)
    {
        command.Add(_selector);
        command.Add(_orSelector);
    }

    /// <summary>The one selector, or the several.</summary>
    /// <exception cref="UsageException">Both options are given, or one is no selector.</exception>
    public (LabelSelector? All, IReadOnlyList<LabelSelector>? Any) Read(ParseResult result)
    {
        var (one, several) = (result.GetValue(_selector), result.GetValue(_orSelector));
        if (one is not null && several is not null)
        {
            throw new UsageException("--selector and --or-selector are both given", "Give one of them.");
        }

        return (one is null ? null : Parse(one), several is null ? null : [.. several.Split(Or).Select(Parse)]);
    }

    /// <summary>Reads a selector.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static LabelSelector Parse(string text) => UsageException.Instead(() => Selector.Parse(text).Resource);
}
