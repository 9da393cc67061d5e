// Lines and names of districts on a closer look at the map: reference data, the same for everybody.
import { unpackedLine } from "./lines.js";

const L = window.L;
const CLOSE = 8; // zoom from which districts are drawn
const CLOSER = 8.5; // zoom from which they have names

export class Districts {
  /** `address` is undefined where no outlines are loaded; `changed` is called when there are other names. */
  constructor(map, address, changed) {
    Object.assign(this, { map, address, changed, named: [], box: "" });
    map.createPane("districts").style.zIndex = 255; // above the land, below what happened
    this.layer = L.layerGroup().addTo(map);
  }

  /** [name, longitude, latitude] of what is to be named at this zoom. */
  get names() {
    return this.map.getZoom() >= CLOSER ? this.named : [];
  }

  /** Asks for the districts in view, in boxes of whole degrees so that a small move asks for nothing. */
  async follow() {
    const box = this.address && this.map.getZoom() >= CLOSE ? this.whole() : "";
    if (box === this.box) {
      return;
    }
    this.box = box;
    const found = box ? await this.found(box) : { lines: [], names: [] };
    if (box !== this.box) {
      return; // the view has moved on meanwhile
    }
    this.layer.clearLayers();
    const look = { className: "map__districts", pane: "districts", interactive: false, smoothFactor: 0.8 };
    L.polyline(found.lines.map((steps) => unpackedLine(steps)), look).addTo(this.layer);
    this.named = found.names;
    this.changed();
  }

  /** What the server knows; nothing where it cannot be asked, for the map says enough without it. */
  async found(box) {
    try {
      const answer = await fetch(`${this.address}?bbox=${box}`);
      return answer.ok ? await answer.json() : { lines: [], names: [] };
    } catch {
      return { lines: [], names: [] };
    }
  }

  whole() {
    const bounds = this.map.getBounds();
    const low = [bounds.getWest(), bounds.getSouth()].map(Math.floor);
    const high = [bounds.getEast(), bounds.getNorth()].map(Math.ceil);
    return [...low, ...high].join(",");
  }
}
