"""A timeline's picture as a PNG, drawn by matplotlib, which is loaded only here and when it is needed.

Nothing is shared between pictures, so that any number of threads may draw at the same time.
"""

from io import BytesIO
from typing import TYPE_CHECKING, assert_never

from bot.timeline_picture.content import arrange
from bot.timeline_picture.fonts import Fonts, font_file, hush
from bot.timeline_picture.layout import lay_out
from bot.timeline_picture.shapes import Disc, Panel, Picture, Polygon, Shape, Stroke, Words
from bot.translation import Translator
from index.figures.chronology import Timeline

if TYPE_CHECKING:
    from matplotlib.artist import Artist

SCALE = 2
"""Pixels for each point."""

_INCH = 72.0
_COLOURS = 256  # with a palette, a picture is a quarter of the size and looks the same


def draw(timeline: Timeline, speaker: Translator) -> bytes:
    """Return the picture of a timeline as a PNG, 1100 pixels wide and at most 2400 high.

    It takes a moment, the first one about a second: draw in a thread.
    """
    return _png(lay_out(arrange(timeline, speaker), Fonts(), speaker))


def _png(picture: Picture) -> bytes:
    hush()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D
    from PIL import Image

    figure = Figure(
        figsize=(picture.width / _INCH, picture.height / _INCH), dpi=SCALE * _INCH, facecolor="none", frameon=False
    )
    canvas = FigureCanvasAgg(figure)
    to_pixels = Affine2D().scale(SCALE, -SCALE).translate(0, round(picture.height * SCALE))
    for order, shape in enumerate(picture.shapes):
        artist = _artist(shape)
        artist.set_transform(to_pixels)
        artist.set_zorder(order)
        figure.add_artist(artist)
    canvas.draw()
    drawn = Image.frombytes("RGBA", canvas.get_width_height(), canvas.buffer_rgba().tobytes())
    written = BytesIO()
    drawn.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


def _artist(shape: Shape) -> "Artist":
    from matplotlib import patches
    from matplotlib.font_manager import FontProperties
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    match shape:
        case Words():
            return Text(
                shape.x,
                shape.y,
                shape.text,
                color=shape.colour,
                fontproperties=FontProperties(fname=font_file(bold=shape.bold), size=shape.size),
                verticalalignment="baseline",
                usetex=False,
                parse_math=False,
            )
        case Panel():
            return patches.FancyBboxPatch(
                (shape.x, shape.y),
                shape.width,
                shape.height,
                boxstyle=f"Round,pad=0,rounding_size={min(shape.radius, shape.width / 2)}",
                facecolor=shape.fill,
                edgecolor=shape.edge or "none",
                linewidth=shape.thickness,
                linestyle=(0, (2.2, 1.4)) if shape.dashed else "-",
            )
        case Disc():
            return patches.Circle((shape.x, shape.y), shape.radius, facecolor=shape.fill, edgecolor=shape.edge, lw=1.6)
        case Polygon():
            return patches.Polygon(shape.points, closed=True, facecolor=shape.fill, edgecolor=shape.edge, lw=1.6)
        case Stroke():
            return Line2D(
                (shape.x1, shape.x2),
                (shape.y1, shape.y2),
                color=shape.colour,
                linewidth=shape.thickness,
                linestyle=(0, (2.5, 2.0)) if shape.dashed else "-",
                dash_capstyle="butt",
            )
        case _:
            assert_never(shape)
