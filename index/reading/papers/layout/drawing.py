"""Follows how a PDF draws a page, and keeps the text that it shows with its place."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from index.reading.papers.layout.fonts import Face, Faces
from index.reading.papers.layout.matrices import (
    IDENTITY,
    Matrix,
    combine,
    count_turns,
    move_point,
    read_matrix,
    read_number,
)
from index.reading.papers.layout.painting import FILLS, PATHS, Painting, is_white

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_OPERATIONS = 300_000
"""So many operators of one page are followed, those of the forms on it included."""


class Budget:
    """How much of a document's drawing may still be followed: bytes of operators, and operators."""

    def __init__(self, size: int = 20_000_000, operations: int = 1_500_000) -> None:
        self._size = size
        self._operations = operations

    def spend(self, size: int, operations: int) -> None:
        """Take from what is left. Raises ``Spent`` where that is too little."""
        self._size -= size
        self._operations -= operations
        if self._size < 0 or self._operations < 0:
            raise Spent


class TooLarge(Exception):
    """A page has more operators than are followed."""


class Spent(Exception):
    """A document has more to draw than is followed."""


_GAP = 0.55  # of a space's width: a wider gap inside a line parts words
_APART = 0.75  # em: a wider gap parts pieces, which may stand in two columns
_MOST_FORMS = 2_000
_DEEPEST = 8
_INVISIBLE = (3, 7)
_FILLED = (0, 4)
_HALF = 0.5
_MOST_INSTEAD = 4  # characters more than are shown
_SETTINGS = {b"Tc": "between", b"Tw": "words", b"Tz": "stretch", b"TL": "leading", b"Ts": "rise", b"Tr": "mode"}


class Shown(NamedTuple):
    """A stretch of text where the page's own coordinates have it. ``turn``: quarter turns, None for other angles."""

    text: str
    x: float
    y: float
    end_x: float
    end_y: float
    size: float
    turn: int | None
    face: Face
    artifact: bool
    seen: bool


class _State(NamedTuple):
    """What ``q`` keeps and ``Q`` brings back (ISO 32000-1, 8.4.1 and 9.3.1). ``stretch`` is in percent."""

    matrix: Matrix
    face: Face | None = None
    size: float = 0.0
    between: float = 0.0
    words: float = 0.0
    stretch: float = 100.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0.0
    white: bool = False


class _Mark:
    """Content that is marked: as no part of the text, or with the characters that it stands for."""

    def __init__(self, artifact: bool, instead: str | None) -> None:  # noqa: FBT001 - both fields are named in the class
        self.artifact = artifact
        self.instead = instead


class Drawing:
    """Follows the operators of a page and keeps what text they show."""

    def __init__(self, reader: "PdfReader", faces: Faces, budget: Budget) -> None:
        self.shown: list[Shown] = []
        self._reader = reader
        self._faces = faces
        self._budget = budget
        self._operations = 0
        self._forms = 0
        self._state = _State(IDENTITY)
        self._kept: list[_State] = []
        self._text = self._line = IDENTITY
        self._marked: list[_Mark] = []
        self._painting = Painting()
        self._followed: dict[bytes, Callable[[list[object]], None]] = {
            b"Tj": self._show_one,
            b"TJ": self._show_many,
            b"'": self._show_below,
            b'"': self._show_below_spaced,
            b"BT": self._begin,
            b"Tm": self._place,
            b"Td": self._move_by,
            b"TD": self._move_and_lead,
            b"T*": self._next_line,
            b"q": self._keep_state,
            b"cm": self._transform,
            b"BMC": self._mark,
            b"BDC": self._mark,
            b"EMC": self._unmark,
            b"sh": self._shade,
            b"INLINE IMAGE": self._picture,
        }

    def draw(self, contents: object, resources: Mapping[str, object], matrix: Matrix, depth: int) -> None:
        """Follow the operators of contents in a space that ``matrix`` places on the page."""
        from pypdf.generic import ContentStream

        stream = ContentStream(contents, self._reader, "bytes")
        self._budget.spend(len(stream.get_data()), 0)
        fonts = _within(resources, "/Font")
        self._state = self._state._replace(matrix=matrix)
        floor = len(self._kept)
        operations = stream.operations
        self._budget.spend(0, len(operations))
        for operands, operator in operations:
            self._operations += 1
            if self._operations > MOST_OPERATIONS:
                raise TooLarge
            given = operands if isinstance(operands, list) else []
            if operator == b"Do":
                self._form(given, resources, depth)
            elif operator == b"Tf":
                if len(given) > 1:
                    face = self._faces.face(fonts.get(str(given[0])))
                    self._state = self._state._replace(face=face, size=read_number(given, 1, self._state.size))
            elif operator == b"Q":
                if len(self._kept) > floor:
                    self._state = self._kept.pop()
            else:
                self._follow(operator, given)
        del self._kept[floor:]

    def _follow(self, operator: bytes, given: list[object]) -> None:
        field = _SETTINGS.get(operator)
        if field is not None:
            change: dict[str, Any] = {field: read_number(given, 0)}
            self._state = self._state._replace(**change)
            return
        if operator in FILLS:
            self._state = self._state._replace(white=is_white(operator, given))
            return
        if operator in PATHS:
            self._painting.follow(operator, given, self._state.matrix, white=self._state.white)
            return
        follow = self._followed.get(operator)
        if follow is not None:
            follow(given)

    def _show_one(self, given: list[object]) -> None:
        self._show(given[:1])

    def _show_many(self, given: list[object]) -> None:
        if given and isinstance(given[0], list):
            self._show(given[0])

    def _show_below(self, given: list[object]) -> None:
        self._next_line()
        self._show(given[:1])

    def _show_below_spaced(self, given: list[object]) -> None:
        self._state = self._state._replace(words=read_number(given, 0), between=read_number(given, 1))
        self._next_line()
        self._show(given[2:3])

    def _begin(self, _given: list[object]) -> None:
        self._text = self._line = IDENTITY

    def _place(self, given: list[object]) -> None:
        self._text = self._line = read_matrix(given)

    def _move_by(self, given: list[object]) -> None:
        self._move(read_number(given, 0), read_number(given, 1))

    def _move_and_lead(self, given: list[object]) -> None:
        self._state = self._state._replace(leading=-read_number(given, 1))
        self._move_by(given)

    def _next_line(self, _given: list[object] | None = None) -> None:
        self._move(0.0, -self._state.leading)

    def _keep_state(self, _given: list[object]) -> None:
        self._kept.append(self._state)

    def _transform(self, given: list[object]) -> None:
        self._state = self._state._replace(matrix=combine(read_matrix(given), self._state.matrix))

    def _shade(self, _given: list[object]) -> None:
        self._painting.shade()

    def _picture(self, _given: list[object]) -> None:
        self._painting.picture(self._state.matrix)

    def _mark(self, given: list[object]) -> None:
        said = given[1].get("/ActualText") if len(given) > 1 and isinstance(given[1], dict) else None
        instead = _decoded(said) if isinstance(said, bytes) else said if isinstance(said, str) else None
        self._marked.append(_Mark(bool(given) and str(given[0]) == "/Artifact", instead))

    def _unmark(self, _given: list[object]) -> None:
        if self._marked:
            self._marked.pop()

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = combine((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _show(self, parts: Sequence[object]) -> None:
        """Show strings with the shifts between them, as one piece as long as the gaps are no wider than an em."""
        state = self._state
        if state.face is None or not state.size:
            return
        stretch = state.stretch / 100
        em = state.size * stretch
        gap_of_words = _GAP * state.face.space * em
        written: list[str] = []
        start = at = 0.0
        instead = self._instead(parts)
        for part in parts:
            if isinstance(part, (int, float)) and not isinstance(part, bool):
                shift = -float(part) / 1000 * em
                if abs(shift) > _APART * abs(em):
                    self._keep("".join(written), start, at)
                    written = []
                    at += shift
                    start = at
                    continue
                if shift > gap_of_words > 0:
                    written.append(" ")
                at += shift
            elif isinstance(part, (bytes, str)):
                for text, width, spaces in state.face.glyphs(part):
                    written.append(text if instead is None else instead)
                    instead = instead and ""
                    at += (width * state.size + state.between + (state.words if spaces else 0.0)) * stretch
        self._keep("".join(written), start, at)
        self._text = combine((1.0, 0.0, 0.0, 1.0, at, 0.0), self._text)

    def _instead(self, parts: Sequence[object]) -> str | None:
        """Return what is meant where a mark says it, such as a hyphen; not a whole text, which nobody would see."""
        mark = next((mark for mark in self._marked if mark.instead is not None), None)
        if mark is None or mark.instead is None:
            return None
        if len(mark.instead) > _MOST_INSTEAD + sum(len(part) for part in parts if isinstance(part, (bytes, str))):
            return None
        if self._shows_other_digits(parts, mark.instead):
            mark.instead = None
            return None
        said, mark.instead = mark.instead, ""
        return said

    def _shows_other_digits(self, parts: Sequence[object], instead: str) -> bool:
        """Tell whether other digits are seen than are said to be meant, where the font says which are seen."""
        face = self._state.face
        if face is None or not face.certain:
            return False
        shown = "".join(text for part in parts if isinstance(part, (bytes, str)) for text, _, _ in face.glyphs(part))
        return _digits(shown) != _digits(instead)

    def _keep(self, text: str, start: float, end: float) -> None:
        state = self._state
        if not text or state.face is None:
            return
        matrix = combine(self._text, state.matrix)
        a, b, c, d, _, _ = matrix
        size = abs(state.size) * (c * c + d * d) ** _HALF
        x, y = move_point(matrix, start, state.rise)
        end_x, end_y = move_point(matrix, end, state.rise)
        if state.white and state.mode in _FILLED and not self._painting.lies_behind((x + end_x) / 2, (y + end_y) / 2):
            return  # white on the white of the paper
        turn = count_turns(a, b) if state.size > 0 else count_turns(-a, -b)
        seen = state.mode not in _INVISIBLE
        self.shown.append(
            Shown(text, x, y, end_x, end_y, size, turn, state.face, any(mark.artifact for mark in self._marked), seen)
        )

    def _form(self, given: list[object], resources: Mapping[str, object], depth: int) -> None:
        """Draw a form: a page within the page. An image has no text."""
        from pypdf.generic import StreamObject

        form = _within(resources, "/XObject").get(str(given[0]) if given else "")
        form = resolved(form)
        self._forms += 1
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Image":
            self._painting.picture(self._state.matrix)
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            return
        if depth >= _DEEPEST or self._forms > _MOST_FORMS:
            return
        state, text, line = self._state, self._text, self._line
        placed = resolved(form.get("/Matrix"))
        shape = read_matrix(placed) if isinstance(placed, list) else IDENTITY
        inner = resources_of(form) or resources
        self.draw(form, inner, combine(shape, state.matrix), depth + 1)
        self._state, self._text, self._line = state, text, line


def resources_of(holder: object) -> Mapping[str, object]:
    """Return the fonts and forms that a page or a form names."""
    return _within(holder, "/Resources")


def _within(holder: object, key: str) -> Mapping[str, object]:
    """Return a dictionary in another one; an empty one where there is none."""
    found = resolved(holder.get(key)) if isinstance(holder, dict) else None
    return found if isinstance(found, dict) else {}


def _digits(text: str) -> str:
    """Return the digits of a text in plain form."""
    return "".join(character for character in normalize("NFKC", text) if character.isdigit())


def _decoded(said: bytes) -> str:
    """Return a text string of a PDF (ISO 32000-1, 7.9.2)."""
    if said.startswith(b"\xfe\xff"):
        return said[2:].decode("utf-16-be", "replace")
    return said.removeprefix(b"\xef\xbb\xbf").decode(
        "utf-8" if said.startswith(b"\xef\xbb\xbf") else "latin-1", "replace"
    )


def resolved(value: object) -> object:
    """Return what a reference to an object of the file refers to."""
    return value.get_object() if hasattr(value, "get_object") else value
