using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetCompiler;

/// <summary>The columns of a bar that goes away when its work has ended: what is done, the bar, the share and the time left, together no wider than the console.</summary>
internal static class BarColumns
{
    private const int Bar = 20;

    // The bar, the share and the time left, with a space before each, and a last column that stays free.
    private const int Rest = 1 + Bar + 1 + 4 + 1 + 8 + 1;

    /// <summary>New columns.</summary>
    public static ProgressColumn[] Create() => [new Description(), new ProgressBarColumn { Width = Bar }, new PercentageColumn(), new RemainingTimeColumn()];

    /// <summary>The description of the work, cut where it is too long.</summary>
    private sealed class Description : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            string text = Markup.Remove(task.Description);
            return new Text(ProgressLine.Fit([text], Math.Max(1, options.ConsoleSize.Width - Rest)));
        }
    }
}
