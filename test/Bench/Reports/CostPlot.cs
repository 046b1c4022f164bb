using System.Globalization;
using System.Text;
using Bench.Measuring;

namespace Bench.Reports;

/// <summary>Draws what a request costs against the size of the directory, as SVG: flat lines are what is wanted.</summary>
internal static class CostPlot
{
    private const int Width = 420;
    private const int Height = 260;
    private const int Left = 60;
    private const int Top = 50;
    private const int Gap = 100;
    private const int Legend = 190;
    private const int GridLines = 4;
    private static readonly string[] Colours = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#7f7f7f", "#000000"];

    /// <summary>The drawing.</summary>
    public static string Draw(LoadResults results)
    {
        const int Bottom = 70;
        var svg = new StringBuilder();
        var total = Left + (2 * Width) + Gap + Legend;
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {total} {Top + Height + Bottom}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        var kinds = results.Results.GroupBy(r => r.Kind).ToList();
        Panel(svg, kinds, Left, "CPU time of the server, µs a request", s => s.CpuMicroseconds);
        Panel(svg, kinds, Left + Width + Gap, "storage operations a request", s => s.Operations);
        for (var i = 0; i < kinds.Count; i++)
        {
            var y = Top + 10 + (i * 20);
            var x = Left + (2 * Width) + Gap + 20;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y - 9}\" width=\"14\" height=\"10\" fill=\"{Colours[i % Colours.Length]}\"/>");
            Text(svg, x + 20, y, kinds[i].First().Definition().What, "start");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, List<IGrouping<string, KindResult>> kinds, int left, string title, Func<Sample, double?> figure)
    {
        var all = kinds.SelectMany(k => k).ToList();
        var sizes = all.Select(r => r.Users).Distinct().Order().ToList();
        var top = Ceiling(all.Max(r => r.OfServer(figure)?.Upper ?? 0));
        Text(svg, left, Top - 18, title, "start");
        for (var i = 0; i <= GridLines; i++)
        {
            var value = top * i / GridLines;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{left}\" x2=\"{left + Width}\" y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\" stroke=\"#ddd\"/>");
            Text(svg, left - 6, Y(value) + 4, value.ToString("0.##", CultureInfo.InvariantCulture), "end");
        }

        foreach (var size in sizes)
        {
            Text(svg, X(size), Top + Height + 20, Figures.Text(size), "middle");
        }

        Text(svg, left + (Width / 2.0), Top + Height + 42, "users in the directory", "middle");
        for (var i = 0; i < kinds.Count; i++)
        {
            var colour = Colours[i % Colours.Length];
            var points = kinds[i].OrderBy(r => r.Users).Select(r => (r.Users, Cost: r.OfServer(figure))).Where(p => p.Cost is not null).ToList();
            svg.Append(CultureInfo.InvariantCulture, $"\n<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"");
            points.ForEach(p => svg.Append(CultureInfo.InvariantCulture, $"{X(p.Users):F1},{Y(p.Cost!.Median):F1} "));
            svg.Append("\"/>");
            foreach (var (users, cost) in points)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(users):F1}\" cy=\"{Y(cost!.Median):F1}\" r=\"3.5\" fill=\"{colour}\"/>");
                svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(users):F1}\" x2=\"{X(users):F1}\" y1=\"{Y(cost!.Lower):F1}\" y2=\"{Y(cost!.Upper):F1}\" stroke=\"{colour}\"/>");
            }
        }

        svg.Append('\n');

        double X(int size) => sizes.Count == 1
            ? left + (Width / 2.0)
            : left + 20 + ((Width - 40) * Math.Log((double)size / sizes[0]) / Math.Log((double)sizes[^1] / sizes[0]));

        double Y(double value) => Top + Height - (Height * value / top);
    }

    private static double Ceiling(double value)
    {
        if (value <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return ((double[])[1, 2, 4, 6, 8, 10]).First(step => step * power >= value) * power;
    }

    private static void Text(StringBuilder svg, double x, double y, string text, string anchor) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"#222\">{text}</text>");
}
