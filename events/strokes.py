"""Lines on the ground as strokes of an SVG picture: only what lies in it, no finer than can be seen, true scale bars."""

from itertools import pairwise

FINE = 1.2  # pixels; corners of a line nearer than this are drawn as one
BARS = (500, 200, 100, 50, 20, 10, 5, 2, 1)  # lengths of a scale bar, km


def path(lines, at, size):
    """The parts of the lines, tuples of points, that lie in a picture of this size or cross its edge, as path data.

    `at` gives the place of a point in pixels.
    """
    moves = []
    for line in lines:
        pen_is_down = False
        for before, after in pairwise(simplified([at(point) for point in line])):
            if not _meets(before, after, size):
                pen_is_down = False
                continue
            if not pen_is_down:
                moves.append(f"M{before[0]:.1f} {before[1]:.1f}")
            moves.append(f"L{after[0]:.1f} {after[1]:.1f}")
            pen_is_down = True
    return "".join(moves)


def ring(line, at):
    """A closed line as path data, whole, so that it can be filled."""
    return f"M{'L'.join(f'{x:.0f} {y:.0f}' for x, y in simplified([at(point) for point in line]))}Z"


def simplified(points):
    kept = points[:1]
    for point in points[1:-1]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= FINE:
            kept.append(point)
    return kept + points[-1:]


def bar(pixels_of, longest):
    """(kilometres, pixels) of the longest scale bar that is not longer than `longest` pixels."""
    kilometres = next((bar for bar in BARS if pixels_of(bar) <= longest), BARS[-1])
    return kilometres, pixels_of(kilometres)


def _meets(one, other, size):
    """Whether the box around a segment meets the picture; a few segments more than needed do no harm."""
    return all(
        min(one[axis], other[axis]) <= most and max(one[axis], other[axis]) >= 0 for axis, most in enumerate(size)
    )
