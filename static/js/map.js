// Turns the picture into a map that moves, and lets the list beside it follow; without this the picture and the list stand.
import { Districts } from "./districts.js";
import { unpacked, unpackedLine } from "./lines.js";
import { said } from "./words.js";

const L = window.L;
const template = document.querySelector("[data-live]");
const view = document.querySelector("[data-view]");
const frame = document.querySelector("[data-frame]");
const form = document.querySelector("[data-filters]");
const [LARGEST, SMALLEST, OF_ONE] = [26, 3, 5]; // radii in pixels: the area of a circle is the number of its incidents
const PAUSE = 120;
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const boundsOf = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);
const numbers = (text) => text.split(",").map(Number);

class LiveMap {
  constructor(box) {
    box.dataset.state = "waiting";
    this.box = box;
    this.asked = new URLSearchParams(window.location.search);
    const given = this.asked.get("bbox");
    this.asked.delete("bbox");
    this.moved = false;
    this.map = L.map(box, {
      renderer: L.svg({ padding: 0.4 }),
      attributionControl: false,
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      inertia: !calm,
      zoomSnap: 0.25,
      zoomDelta: 1,
      minZoom: 4,
      maxZoom: 13,
      maxBounds: [[8, 36], [54, 102]],
      maxBoundsViscosity: 0.7,
    });
    for (const link of box.querySelectorAll(".leaflet-control-zoom a")) {
      link.tabIndex = -1; // the keys + and − do the same, without two more stops
    }
    L.control.scale({ imperial: false, maxWidth: 130 }).addTo(this.map);
    this.districts = new Districts(this.map, template.dataset.districts, () => this.write());
    this.base = L.layerGroup().addTo(this.map);
    this.marks = L.layerGroup().addTo(this.map);
    this.words = L.layerGroup().addTo(this.map);
    this.cities = [];
    this.map.createPane("outlines").style.zIndex = 250;
    // A little less than the box, so that the same screen shows the same box again instead of one step farther.
    this.map.fitBounds(given ? boundsOf(numbers(given)).pad(-0.03) : boundsOf(numbers(template.dataset.region)));
    this.map.on("moveend", () => {
      this.moved = true;
      this.soon();
    });
    this.outline();
    this.refresh();
  }

  async outline() {
    const answer = await fetch(template.dataset.outlines);
    const lines = unpacked(await answer.json());
    const look = (name) => ({ className: `map__${name}`, pane: "outlines", interactive: false, smoothFactor: 0.8 });
    L.polygon(lines.home.map((ring) => [ring]), look("home")).addTo(this.base);
    for (const name of ["provinces", "borders", "frontier"]) {
      L.polyline(lines[name], look(name)).addTo(this.base);
    }
    this.cities = lines.cities;
    this.write();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), PAUSE);
  }

  get bbox() {
    const bounds = this.map.getBounds();
    const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    return edges.map((edge) => edge.toFixed(4)).join(",");
  }

  address(path, more = {}) {
    const query = new URLSearchParams(this.asked);
    for (const [name, value] of Object.entries(more)) {
      query.set(name, value);
    }
    const text = query.toString().replaceAll("%2C", ",");
    return text ? `${path}?${text}` : path;
  }

  async refresh() {
    this.districts.follow();
    this.stop?.abort();
    this.stop = new AbortController();
    const { signal } = this.stop;
    const here = { bbox: this.bbox, zoom: Math.round(this.map.getZoom()) };
    const ask = (path) => fetch(this.address(path, here), { signal });
    try {
      const [cells, page] = await Promise.all([ask(template.dataset.cells), ask(template.dataset.viewAt)]);
      if (!cells.ok || !page.ok) {
        throw new Error(String(cells.ok ? page.status : cells.status));
      }
      const [data, text] = await Promise.all([cells.json(), page.text()]);
      this.draw(data);
      this.tell(new DOMParser().parseFromString(text, "text/html"));
    } catch (error) {
      if (error.name !== "AbortError") {
        view.querySelector("[data-count]").textContent = said("map", "failed");
      }
      return;
    }
    if (this.moved) {
      window.history.replaceState(null, "", this.address(window.location.pathname, { bbox: here.bbox }));
      form.elements.bbox.value = here.bbox;
    }
    this.box.dataset.state = "ready";
  }

  /** Takes over what the server says about this view: the list, and the picture for print. */
  tell(page) {
    const take = (selector) => {
      const there = page.querySelector(selector);
      view.querySelector(selector).replaceChildren(...there.childNodes);
    };
    const hadFocus = view.querySelector("[data-rest]").contains(document.activeElement);
    [".map__still", "[data-count]", "[data-rest]"].forEach(take);
    if (this.moved) {
      take("[data-part=chosen]");
    }
    if (hadFocus) {
      view.querySelector("#in-view").focus();
    }
  }

  draw({ columns, cells }) {
    this.marks.clearLayers();
    this.shown = cells.map((values) => Object.fromEntries(columns.map((name, at) => [name, values[at]])));
    const most = Math.max(1, ...this.shown.filter((cell) => !cell.is_area).map((cell) => cell.incidents));
    const share = Math.min(OF_ONE, LARGEST / Math.sqrt(most));
    for (const cell of this.shown) {
      cell.radius = Math.max(SMALLEST, share * Math.sqrt(cell.incidents));
      cell.extent = this.pixels(cell.radius_km ?? 0, cell.latitude);
    }
    for (const cell of this.shown.filter((one) => one.is_area)) {
      if (cell.outline && cell.extent > 7) {
        this.fill(cell);
      } else {
        this.mark(cell, "area", Math.max(cell.extent, 7));
      }
    }
    for (const cell of this.shown.filter((one) => !one.is_area)) {
      if (cell.extent > cell.radius) {
        this.mark(cell, "extent", cell.extent);
      }
      this.mark(cell, "cell", cell.radius);
    }
    this.write();
  }

  mark(cell, name, radius) {
    this.answer(L.circleMarker([cell.latitude, cell.longitude], { radius, className: `map__${name}` }), cell, name);
  }

  /** The outline of the area in which the incidents of a cell are. */
  fill(cell) {
    const rings = cell.outline.map((steps) => unpackedLine(steps));
    this.answer(L.polygon(rings, { className: "map__area", fillRule: "evenodd", smoothFactor: 0.8 }), cell, "area");
  }

  answer(shape, cell, name) {
    shape.bindTooltip(() => told(cell), { sticky: name !== "cell" });
    shape.on("click", () => this.open(cell)).addTo(this.marks);
  }

  pixels(kilometres, latitude) {
    const around = (256 * 2 ** this.map.getZoom()) / 40075.017 / Math.cos((latitude * Math.PI) / 180);
    return kilometres * around;
  }

  open(cell) {
    const [west, south, east, north] = cell.box;
    if (cell.uid) {
      window.location.assign(`${template.dataset.timeline}incidents/${cell.uid}/`);
    } else if ((east - west < 0.003 && north - south < 0.003) || this.map.getZoom() >= this.map.getMaxZoom()) {
      const mapped = cell.is_area ? "area" : "point";
      window.location.assign(this.address(template.dataset.timeline, { mapped, bbox: cell.box.join(",") }));
    } else {
      this.go(boundsOf(cell.box).pad(0.3));
    }
  }

  go(bounds) {
    this.map.fitBounds(bounds, { animate: !calm, maxZoom: this.map.getMaxZoom() });
  }

  /** Numbers in circles, then those of areas and the names of cities where nothing else stands. */
  write() {
    this.words.clearLayers();
    const taken = [];
    const isFree = (mine) =>
      !taken.some((other) => mine[0] < other[2] && mine[2] > other[0] && mine[1] < other[3] && mine[3] > other[1]);
    const square = (at, half) => [at.x - half, at.y - half, at.x + half, at.y + half];
    const points = (this.shown ?? []).filter((cell) => !cell.is_area);
    const areas = (this.shown ?? []).filter((cell) => cell.is_area);
    for (const cell of [...points, ...areas]) {
      const place = [cell.latitude, cell.longitude];
      const at = this.map.latLngToContainerPoint(place);
      const text = cell.incidents >= 1000 ? `${(cell.incidents / 1000).toFixed(1)}k` : String(cell.incidents);
      const fits = (cell.is_area ? cell.extent : cell.radius) >= 4 + 3.5 * text.length;
      const mine = square(at, cell.is_area ? 9 : cell.radius * 0.7);
      if (cell.incidents > 1 && fits && isFree(mine)) {
        this.word(text, cell.is_area ? "area" : "count", place);
        taken.push(mine);
      }
    }
    for (const cell of points) {
      taken.push(square(this.map.latLngToContainerPoint([cell.latitude, cell.longitude]), Math.max(cell.radius, 6)));
    }
    const size = this.map.getSize();
    for (const [name, longitude, latitude] of this.cities) {
      const at = this.map.latLngToContainerPoint([latitude, longitude]);
      const mine = [at.x - 3, at.y - 8, at.x + 10 + name.length * 6.5, at.y + 8];
      if (isFree(mine) && at.x > 0 && at.y > 0 && mine[2] < size.x && at.y < size.y - 30) {
        taken.push(mine);
        this.word(name, "city", [latitude, longitude]);
        L.circleMarker([latitude, longitude], { radius: 2, className: "map__city", interactive: false }).addTo(this.words);
      }
    }
    this.nameDistricts(isFree, taken);
  }

  /** Names of districts, after all else, where there is room. */
  nameDistricts(isFree, taken) {
    const size = this.map.getSize();
    for (const [name, longitude, latitude] of this.districts.names) {
      const at = this.map.latLngToContainerPoint([latitude, longitude]);
      const half = name.length * 3.1 + 4;
      const mine = [at.x - half, at.y - 8, at.x + half, at.y + 8];
      if (isFree(mine) && mine[0] > 0 && at.y > 0 && mine[2] < size.x && at.y < size.y - 30) {
        taken.push(mine);
        this.word(name, "district", [latitude, longitude]);
      }
    }
  }

  word(text, kind, at) {
    const inner = document.createElement("span");
    inner.textContent = text;
    const icon = L.divIcon({ html: inner, className: `map__word map__word--${kind}`, iconSize: null });
    L.marker(at, { icon, interactive: false, keyboard: false }).addTo(this.words);
  }
}

function told(cell) {
  const box = document.createElement("div");
  const lines = cell.uid ? [cell.title, cell.place] : [said("map", "incidents", { count: cell.incidents, place: cell.place })];
  if (cell.is_area) {
    lines.push(said("map", "somewhere", { radius: Number(cell.radius_km) }));
  }
  for (const [at, line] of lines.entries()) {
    const row = box.appendChild(document.createElement(at ? "div" : "strong"));
    row.textContent = line;
  }
  return box;
}

if (template && L) {
  frame.append(template.content.cloneNode(true));
  frame.classList.add("map__frame--live");
  const live = new LiveMap(frame.querySelector(".map__live"));
  view.addEventListener("click", (event) => {
    const link = event.target.closest("[data-nearer], [data-whole]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    const asked = new URL(link.href).searchParams.get("bbox");
    live.go(boundsOf(numbers(asked ?? template.dataset.region)));
  });
  form.addEventListener("months", () => {
    for (const name of ["date_from", "date_to"]) {
      const { value } = form.elements[name];
      if (value) {
        live.asked.set(name, value);
      } else {
        live.asked.delete(name);
      }
    }
    live.moved = true;
    live.soon();
  });
}
