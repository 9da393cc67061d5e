// Lines on the ground as the server packs them, in whole numbers.

const SCALE = 1000; // steps per degree

/** A line from steps on a grid to [latitude, longitude]. */
export function unpackedLine(steps, scale = SCALE) {
  let [x, y] = steps;
  const line = [[y / scale, x / scale]];
  for (let at = 2; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    line.push([y / scale, x / scale]);
  }
  return line;
}

/** The lines of the base map. */
export function unpacked(packed) {
  const lines = packed.lines.map((steps) => unpackedLine(steps, packed.scale));
  const ring = (parts) => parts.flatMap((part) => (part < 0 ? [...lines[~part]].reverse() : lines[part]));
  const some = (names) => names.map((name) => lines[name]);
  return {
    home: packed.home.map(ring),
    provinces: some(packed.provinces),
    borders: some(packed.borders),
    frontier: some(packed.frontier),
    cities: packed.cities,
  };
}
