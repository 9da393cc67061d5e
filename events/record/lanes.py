"""Chains of incidents drawn as SVG: a lane for each side that acted, time to the right, or downwards on narrow screens.

Places come from a grid, so that labels cannot collide; distances in time stand in words on the lines. The marks are links
that take the focus; colours and fonts are the style sheet's.
"""

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from events.choices import LinkType, Side
from events.record.chain import LANES, SEVERAL
from events.record.filters import NOT_NAMED
from events.record.timeline import EXACT

BODY, GUTTER = 138, 116  # of a column: where marks and labels stand, and where lines arrive with their words
AXIS, HEAD, FOOT = 26, 24, 12  # dates above all lanes; the name of a lane above its marks; what closes it
MARK_WIDTH, MARK_HEIGHT, LINE, PART, TIE = 30, 20, 14, 36, 32
TURN = 24  # of a gutter: where a line bends, before its words begin
LETTERS, LINES = 23, 4  # of a label on the wide drawing
NARROW, TRACK = 350, 34
SIDE_CLASS = {
    Side.PAKISTAN: "pakistan",
    Side.AFGHANISTAN_DE_FACTO: "afghanistan",
    Side.NON_STATE: "armed",
    Side.THIRD: "others",
    SEVERAL: "several",
    NOT_NAMED: "nobody",
}


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    words: str
    look: str


@dataclass(frozen=True)
class Mark:
    """An incident: a box with its level at (x, y), the left end of its middle line, and a label."""

    uid: str
    x: float
    y: float
    level: str
    side: str
    title: str
    address: str
    label: tuple
    is_here: bool
    is_part: bool


@dataclass(frozen=True)
class Edge:
    """A line from cause to answer; `path` is SVG, `tip` where the arrow ends and which way it points."""

    path: str
    tip: str
    type: str
    standing: str
    title: str


@dataclass(frozen=True)
class Lane:
    """A stretch of the drawing that belongs to one side; `path` is the line along it."""

    side: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    size: str
    width: float
    height: float
    lanes: tuple
    edges: tuple
    marks: tuple
    texts: tuple


def drawn(chain, here=""):
    """Both sizes of a Chain, the one or the other to be hidden. `here` is the uid of the incident whose page this is."""
    return mark_safe("".join(_svg(made) for made in (wide(chain, here), narrow(chain, here))))  # noqa: S308 (escaped)


def lane_label(code):
    """The name of a lane: a side, or why it is none."""
    if code == SEVERAL:
        return gettext("Several sides named")
    return gettext("Nobody named") if code == NOT_NAMED else gettext(Side.label_of(code))


def level_of(row):
    """“E7”; “–” where no level is concluded."""
    return "–" if row.escalation is None else f"E{row.escalation}"


def standing_words(standing):
    """On whose word a link stands: “as claimed”, “contested”; "" for what the editors set."""
    return {"asserted": gettext("as claimed"), "contested": gettext("contested")}.get(standing, "")


# --- wide: time to the right ---------------------------------------------------------------------------------------


def wide(chain, here=""):
    """The Drawing with a column for every rank and a band for every lane, as high as what stands in it."""
    ranks = sorted({knot.rank for knot in chain.knots})
    lefts = {rank: 8 + number * (BODY + GUTTER) for number, rank in enumerate(ranks)}
    arriving = _arriving(chain)
    tops, lanes, bottom = {}, [], AXIS
    width = 8 + len(ranks) * BODY + (len(ranks) - 1) * GUTTER + 8
    for lane, cells in _cells(chain):
        height = HEAD + FOOT
        for knots in cells.values():
            y = bottom + HEAD
            for block in _blocks(knots):
                tops[block[0].uid] = y
                y += _height(block, arriving)
            height = max(height, y - bottom + FOOT)
        lanes.append(Lane(lane, 0, bottom, width, height))
        bottom += height
    marks = {mark.uid: mark for mark in _wide_marks(chain, tops, lefts, arriving, here)}
    edges, words = _wide_edges(chain, marks, tops, lefts, arriving)
    dates = [Text(left, 16, _column_date(chain, rank), "date") for rank, left in lefts.items()]
    names = [Text(8, lane.y + 15, lane_label(lane.side), "lane") for lane in lanes]
    return Drawing("wide", width, bottom, tuple(lanes), edges, tuple(marks.values()), (*dates, *names, *words))


def _cells(chain):
    """Pairs of (lane, {rank: its knots}) for the lanes in use; parts stand in the lane of their whole."""
    lane_of = {knot.uid: knot.side for knot in chain.knots}
    cells = defaultdict(lambda: defaultdict(list))
    for knot in chain.knots:
        cells[lane_of[knot.whole or knot.uid]][knot.rank].append(knot)
    return [(lane, cells[lane]) for lane in LANES if lane in cells]


def _blocks(knots):
    """Lists of an operation, or a single incident, with its parts."""
    blocks = []
    for knot in knots:
        if knot.whole and blocks:
            blocks[-1].append(knot)
        else:
            blocks.append([knot])
    return blocks


def _arriving(chain):
    """Uid → the ties that arrive at it, in the order in which their words are stacked."""
    found = defaultdict(list)
    for tie in chain.ties:
        found[tie.answer].append(tie)
    return found


def _height(block, arriving):
    head, *parts = block
    label = MARK_HEIGHT + len(_label(head.row, head.rank)) * LINE + 8
    body = max(label, TIE * len(arriving[head.uid]))
    return body + sum(max(PART, TIE * len(arriving[part.uid])) for part in parts) + 10


def _wide_marks(chain, tops, lefts, arriving, here):
    for knot in chain.knots:
        if knot.whole:
            continue
        y, left = tops[knot.uid], lefts[knot.rank]
        yield _mark(knot, left, y + MARK_HEIGHT / 2, _label(knot.row, knot.rank), here)
        y += max(MARK_HEIGHT + len(_label(knot.row, knot.rank)) * LINE + 8, TIE * len(arriving[knot.uid]))
        for part in (one for one in chain.knots if one.whole == knot.uid):
            label = tuple(_wrapped(part.row.title, LETTERS - 8, 2))
            yield _mark(part, left + 12, y + MARK_HEIGHT / 2, label, here)
            y += max(PART, TIE * len(arriving[part.uid]))


def _wide_edges(chain, marks, tops, lefts, arriving):
    """(edges, their words in the gutters). A part hangs on its whole by a bracket."""
    edges, words = [_bracket(marks[knot.whole], marks[knot.uid]) for knot in chain.knots if knot.whole], []
    for uid, ties in arriving.items():
        end = marks[uid]
        for number, tie in enumerate(ties):
            start, y = marks[tie.cause], end.y + number * TIE
            gutter = lefts[_rank(chain, uid)] - GUTTER
            edges.append(
                _edge(tie, _curve(start, end, gutter + TURN, y), f"M{end.x - 2:.1f} {end.y:.1f}l-7 -4v8z", chain)
            )
            above, below = _tie_words(tie)
            words.append(Text(gutter + TURN + 2, y - 4, above, f"tie lanes__tie--{tie.type}"))
            words.append(Text(gutter + TURN + 2, y + 12, below, "tie"))
    return tuple(edges), words


def _curve(start, end, arrival, y):
    """From beside the label of one mark to where words stand on the line, at `arrival`, and on to the other mark."""
    begin, turn = start.x + MARK_WIDTH, min(start.x + BODY - 8, arrival - TURN)
    middle = (max(turn, begin) + arrival) / 2
    bend = f"C{middle:.1f} {start.y:.1f} {middle:.1f} {y:.1f} {arrival:.1f} {y:.1f}"
    return f"M{begin:.1f} {start.y:.1f}H{max(turn, begin):.1f}{bend}H{end.x - 14:.1f}L{end.x - 2:.1f} {end.y:.1f}"


def _rank(chain, uid):
    return next(knot.rank for knot in chain.knots if knot.uid == uid)


def _bracket(whole, part):
    path = f"M{whole.x:.1f} {whole.y:.1f}h-5V{part.y:.1f}H{part.x:.1f}"
    return Edge(path, "", LinkType.PART_OF.value, "editorial", "")


def _tie_words(tie):
    """What stands above and below a line: “retaliation”, “16 h, as claimed”."""
    said = ", ".join(filter(None, (tie.lag.short if tie.lag else "", standing_words(tie.standing))))
    return tie_name(tie.type), said


def tie_name(type_):
    """The link as a noun or a verb that fits on a line."""
    return {
        LinkType.RETALIATION_FOR: gettext("retaliation"),
        LinkType.RESPONSE_TO: gettext("response"),
        LinkType.FOLLOWS: gettext("follows"),
        LinkType.SAME_AS: gettext("same as"),
    }[type_]


def _column_date(chain, rank):
    """The date over a column: of its incidents the most exact one."""
    rows = [knot.row for knot in chain.knots if knot.rank == rank and not knot.whole]
    return min(rows, key=lambda row: (row.date_precision not in EXACT, row.sort_date, row.uid)).date_shown.split(",")[0]


def _label(row, rank):
    """The title in a few lines; in front of it its date, where the column does not say it."""
    is_said = row.date_precision in EXACT and row.sort_date == rank[0]
    return tuple(_wrapped(row.title if is_said else f"{row.date_shown}: {row.title}", LETTERS, LINES))


# --- narrow: time downwards ----------------------------------------------------------------------------------------


def narrow(chain, here=""):
    """The Drawing with a row for every incident and a track for every lane, labels to the right of all tracks."""
    lanes = [lane for lane in LANES if lane in {knot.side for knot in chain.knots}]
    x_of = {lane: 2 + number * TRACK for number, lane in enumerate(lanes)}
    left = len(lanes) * TRACK + 8
    letters = int((NARROW - left) / 6.1)
    marks, texts, y = {}, [], len(lanes) * 18 + 14
    head = y
    texts += [Text(left, 14 + number * 18, lane_label(lane), "lane") for number, lane in enumerate(lanes)]
    for knot, ties in chain.lines:
        rows = [(knot.row.date_shown.split(",")[0], "date")]
        rows += [(words, "title") for words in _wrapped(knot.row.title, letters, 3)]
        for tie, cause in ties:
            rows += [(words, "tie") for words in _wrapped(_told(tie, cause.row), letters, 3)]
        marks[knot.uid] = _mark(knot, x_of[knot.side] + (4 if knot.whole else 0), y + 4, (), here)
        texts += [Text(left, y + 8 + number * LINE, words, look) for number, (words, look) in enumerate(rows)]
        y += max(len(rows) * LINE, 24) + 12
    tracks = tuple(
        Lane(lane, x_of[lane] + MARK_WIDTH / 2, 10 + number * 18, 0, y - 10 - number * 18)
        for number, lane in enumerate(lanes)
    )
    edges = [_drop(None, marks[knot.whole], marks[knot.uid], chain) for knot in chain.knots if knot.whole]
    edges += [_drop(tie, marks[tie.cause], marks[tie.answer], chain) for tie in chain.ties]
    return Drawing("narrow", NARROW, max(y, head), tracks, tuple(edges), tuple(marks.values()), tuple(texts))


def _drop(tie, start, end, chain):
    """A line downwards from one mark to a later one; on one track it bows out, to pass what stands between."""
    x, y, to_x, to_y = start.x + MARK_WIDTH / 2, start.y + 10, end.x + MARK_WIDTH / 2, end.y - 12
    bow = 18 if abs(x - to_x) < TRACK / 2 and to_y - y > 90 else 0
    path = f"M{x:.1f} {y:.1f}C{x + bow:.1f} {y + 26:.1f} {to_x + bow:.1f} {to_y - 26:.1f} {to_x:.1f} {to_y:.1f}"
    if tie is None:
        return Edge(path, "", LinkType.PART_OF.value, "editorial", "")
    return _edge(tie, path, f"M{to_x:.1f} {to_y + 2:.1f}l-4 -7h8z", chain)


def _told(tie, cause):
    """“retaliation, 16 h after “Strikes …”, as claimed”."""
    after = (
        gettext("%(link)s, %(lag)s after “%(title)s”") % _named(tie, cause, lag=tie.lag.short)
        if tie.lag and tie.lag.time
        else gettext("%(link)s: “%(title)s”") % _named(tie, cause)
    )
    return ", ".join(filter(None, (after, standing_words(tie.standing))))


def _named(tie, cause, **more):
    return {"link": tie_name(tie.type), "title": _shortened(cause.title, 40)} | more


# --- both ----------------------------------------------------------------------------------------------------------


def _mark(knot, x, y, label, here):
    row = knot.row
    said = [row.date_shown, row.title, lane_label(knot.side), level_of(row)]
    return Mark(
        uid=knot.uid,
        x=x,
        y=y,
        level=level_of(row),
        side=knot.side,
        title=". ".join(said),
        address=row.get_absolute_url(),
        label=label,
        is_here=knot.uid == here,
        is_part=bool(knot.whole),
    )


def _edge(tie, path, tip, chain):
    titles = {knot.uid: knot.row.title for knot in chain.knots}
    said = [titles[tie.answer], tie_name(tie.type), titles[tie.cause], tie.lag.words if tie.lag else ""]
    title = ". ".join(filter(None, (*said, standing_words(tie.standing))))
    return Edge(path, tip, tie.type, tie.standing, title)


def _wrapped(words, letters, most):
    return wrap(words, letters, max_lines=most, placeholder=" …")


def _shortened(words, letters):
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def _svg(drawing):
    """The markup of a Drawing: lanes, then lines, then words, then marks, so that nothing lies over a mark."""
    parts = [_lane_drawn(lane) for lane in drawing.lanes]
    parts += [_edge_drawn(edge) for edge in drawing.edges]
    parts += [_text_drawn(text) for text in drawing.texts]
    parts += [_mark_drawn(mark) for mark in drawing.marks]
    label = escape(gettext("Linked incidents by side and in time; the list below says the same in words"))
    return (
        f'<svg class="lanes lanes--{drawing.size}" width="{drawing.width:.0f}" height="{drawing.height:.0f}"'
        f' viewBox="0 0 {drawing.width:.0f} {drawing.height:.0f}" role="group" aria-label="{label}">{"".join(parts)}</svg>'
    )


def _lane_drawn(lane):
    look = f"lanes__lane lanes__lane--{SIDE_CLASS[lane.side]}"
    if not lane.width:
        return f'<path class="{look}" d="M{lane.x:.1f} {lane.y:.1f}v{lane.height:.1f}"/>'
    return (
        f'<rect class="lanes__band" x="0" y="{lane.y:.1f}" width="{lane.width:.1f}" height="{lane.height:.1f}"/>'
        f'<path class="{look}" d="M0 {lane.y:.1f}h{lane.width:.1f}"/>'
    )


def _edge_drawn(edge):
    tip = f'<path class="lanes__tip lanes__tip--{edge.type}" d="{edge.tip}"/>' if edge.tip else ""
    look = f"lanes__edge lanes__edge--{edge.type} lanes__edge--{edge.standing}"
    return f'<g aria-hidden="true"><title>{escape(edge.title)}</title><path class="{look}" d="{edge.path}"/>{tip}</g>'


def _text_drawn(text):
    place = f'x="{text.x:.1f}" y="{text.y:.1f}"'
    return f'<text class="lanes__{text.look}" {place} aria-hidden="true">{escape(text.words)}</text>'


def _mark_drawn(mark):
    current = ' aria-current="true"' if mark.is_here else ""
    x = mark.x + MARK_WIDTH + 6 if mark.is_part else mark.x
    y = mark.y + 4 if mark.is_part else mark.y + MARK_HEIGHT / 2 + LINE
    label = "".join(
        f'<text class="lanes__title" x="{x:.1f}" y="{y + number * LINE:.1f}">{escape(words)}</text>'
        for number, words in enumerate(mark.label)
    )
    return (
        f'<a href="{escape(mark.address)}" class="lanes__mark lanes__mark--{SIDE_CLASS[mark.side]}"'
        f' aria-label="{escape(mark.title)}"{current}><title>{escape(mark.title)}</title>'
        f'<rect class="lanes__box" x="{mark.x:.1f}" y="{mark.y - MARK_HEIGHT / 2:.1f}" width="{MARK_WIDTH}"'
        f' height="{MARK_HEIGHT}" rx="3"/>'
        f'<text class="lanes__level" x="{mark.x + MARK_WIDTH / 2:.1f}" y="{mark.y + 4:.1f}">{escape(mark.level)}</text>'
        f"{label}</a>"
    )
