using Aeos.Cli.CommandLine;
using Spectre.Console;

namespace Aeos.Cli.Demo;

/// <summary>Shows the demo's steps: with colours on a terminal, as plain lines elsewhere.</summary>
internal sealed class DemoScreen
{
    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private int _step;

    /// <summary>Begins the next step.</summary>
    public void Step(string title)
    {
        _step++;
        if (_isTerminal)
        {
            AnsiConsole.Write(new Markup($"\n[bold]{_step}. {Markup.Escape(SafeText.Line(title))}[/]\n"));
        }
        else
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"{_step}. {SafeText.Line(title)}");
        }
    }

    /// <summary>Something that the step did or saw.</summary>
    public void Show(string text) => WriteDetail("   ", "grey", text);

    /// <summary>The step is as it should be.</summary>
    public void Confirm(string text) => WriteDetail("   ok: ", "green", text);

    private void WriteDetail(string lead, string colour, string text)
    {
        if (_isTerminal)
        {
            AnsiConsole.Write(new Markup($"[{colour}]{lead}{Markup.Escape(SafeText.Line(text))}[/]\n"));
        }
        else
        {
            Console.Out.WriteLine($"{lead}{SafeText.Line(text)}");
        }
    }
}
