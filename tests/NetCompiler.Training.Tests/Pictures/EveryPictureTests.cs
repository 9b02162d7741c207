using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace NetCompiler.Tests.Training.Pictures;

/// <summary>What holds for every kind of picture.</summary>
public sealed class EveryPictureTests
{
    public static TheoryData<string> Names => [.. PictureGallery.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Svg_IsWellFormedAndItsTextsStayInside(string name)
    {
        Picture picture = PictureGallery.All[name]();
        XElement svg = XElement.Parse(picture.ToSvg());
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), attribute => attribute.Name == "id");
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), attribute => attribute.Value.Contains("NaN", StringComparison.Ordinal) || attribute.Value.Contains('∞', StringComparison.Ordinal));
        foreach (XElement text in svg.Descendants().Where(element => element.Name.LocalName == "text"))
        {
            double x = Number(text, "x"), y = Number(text, "y"), width = GlyphFont.Width(text.Value, Number(text, "font-size"));
            double before = text.Attribute("text-anchor")!.Value switch { "start" => 0, "end" => width, _ => width / 2 };
            bool isUpwards = text.Attribute("transform") is not null;
            (double from, double to, double end) = isUpwards ? (y - (width - before), y + before, picture.Height) : (x - before, x - before + width, picture.Width);
            Assert.True(from > -1 && to < end + 1, $"\"{text.Value}\" reaches from {from} to {to} of {end}");
            Assert.InRange(isUpwards ? x : y, 8, isUpwards ? picture.Width : picture.Height);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_AreTheSameInEveryCulture(string name)
    {
        byte[] png = PictureGallery.All[name]().ToPng();
        string svg = PictureGallery.All[name]().ToSvg();
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = odd;
        try
        {
            Assert.Equal(svg, PictureGallery.All[name]().ToSvg());
            Assert.Equal(png, PictureGallery.All[name]().ToPng());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Png_HasTheSizeAndTheGroundOfItsTheme(string name)
    {
        Picture picture = PictureGallery.All[name]();
        PngReader light = new(picture.ToPng()), dark = new(picture.ToPng(PictureTheme.Dark, scale: 1));
        Assert.Equal((2 * picture.Width, 2 * picture.Height), (light.Width, light.Height));
        Assert.Equal((picture.Width, picture.Height), (dark.Width, dark.Height));
        Assert.Equal(0xFFFFFF, light.Rgb(0, 0));
        Assert.Equal(0x0D1117, dark.Rgb(0, 0));
        Assert.Equal(255, dark.Opacity(dark.Width - 1, dark.Height - 1));
        Assert.True(light.Count(0xFFFFFF, 0, 0, light.Width, light.Height) < light.Width * light.Height * 0.995, "nothing is drawn");
    }

    [Fact]
    public void Themes_AreColoursOfTheSvg()
    {
        Picture picture = PictureGallery.All["line"]();
        Assert.Contains("prefers-color-scheme:dark", picture.ToSvg(), StringComparison.Ordinal);
        Assert.DoesNotContain("prefers-color-scheme", picture.ToSvg(PictureTheme.Light), StringComparison.Ordinal);
        Assert.Contains(".plot .paper{color:#0d1117}", picture.ToSvg(PictureTheme.Dark), StringComparison.Ordinal);
        Assert.DoesNotContain("#ffffff} .plot .ink", picture.ToSvg(PictureTheme.Dark), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e6)]
    public void ImpossibleScales_AreRefused(double scale)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => PictureGallery.All["line"]().ToPng(scale: scale));
        Assert.Contains("640 x 400 must be above 0 and at most 32.4", exception.Message, StringComparison.Ordinal);
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
