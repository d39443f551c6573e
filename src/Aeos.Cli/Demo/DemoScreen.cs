using Aeos.Cli.CommandLine;
using Spectre.Console;

namespace Aeos.Cli.Demo;

/// <summary>Shows the demo's steps: with colours on a terminal, as plain lines elsewhere.</summary>
internal sealed class DemoScreen
{
    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private int _step;

    /// <summary>Begins a part of the demo.</summary>
    public void Act(string title) => Write("\n", "bold underline", title);

    /// <summary>Begins the next step.</summary>
    public void Step(string title) => Write($"\n{++_step}. ", "bold", title);

    /// <summary>Something that the step did or saw.</summary>
    public void Show(string text) => Write("   ", "grey", text);

    /// <summary>The step is as it should be.</summary>
    public void Confirm(string text) => Write("   ok: ", "green", text);

    /// <summary>What all of it proves.</summary>
    public void Verdict(string text) => Write("\n", "bold green", text);

    private void Write(string lead, string style, string text)
    {
        if (_isTerminal)
        {
            AnsiConsole.Write(new Markup($"[{style}]{lead}{Markup.Escape(SafeText.Line(text))}[/]\n"));
        }
        else
        {
            Console.Out.WriteLine($"{lead}{SafeText.Line(text)}");
        }
    }
}
