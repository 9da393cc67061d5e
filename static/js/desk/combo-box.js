// <combo-box>: looks up what is typed into its text box and offers the entries it may mean. Without this the server asks.
//
// Companions of the input X: "X-pick", the entry chosen, and "X-asked", the text it was chosen for. Typing clears both. A
// text that several entries go by is never settled here. Fires "change" on the input when something is chosen or cleared.
import { said } from "../words.js";

const PAUSE = 150; // milliseconds without a key before the server is asked
const KEYS = { ArrowDown: 1, ArrowUp: -1 };

class ComboBox extends HTMLElement {
  #input;
  #list;
  #notice; // seen and spoken: the text is not settled
  #count; // only spoken
  #active = null; // the option reached by key
  #answered = null; // the text that the options in the list are for
  #request = null;
  #timer = 0;

  connectedCallback() {
    const input = this.querySelector("input:not([type=hidden], [type=radio], [type=checkbox])");
    if (this.#list || !input || input.disabled) {
      return;
    }
    this.#input = input;
    this.querySelectorAll(".combo__list, [role=status]").forEach((copied) => copied.remove());
    this.#list = made("ul", { className: "combo__list", role: "listbox", hidden: true });
    this.#list.ariaLabel = input.labels[0]?.textContent.trim() ?? said("combo-box", "names");
    this.#notice = made("p", { className: "combo__notice", role: "status" });
    this.#count = made("p", { className: "visually-hidden", role: "status" });
    input.after(this.#list);
    this.append(this.#notice, this.#count);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
      input.setAttribute(name, value);
    }
    input.spellcheck = false;
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#pressed(event));
    input.addEventListener("click", () => this.#open());
    input.addEventListener("blur", () => this.#left());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the text box
    this.#list.addEventListener("click", (event) => this.#take(event.target.closest("[role=option]")));
    if (this.#pick) {
      this.#showPlace(this.#pick);
    }
  }

  /** Sets the box: an entry's uid, "new" or "words", or "" for a text that nothing was chosen for. */
  choose({ value = "", label = this.#text, hint = "" }) {
    this.#forget();
    this.#input.value = label;
    this.#settle(value, label, hint);
    this.#count.textContent = [label, hint].filter(Boolean).join(", ");
  }

  get #text() {
    return this.#input.value.trim();
  }

  get #pick() {
    return this.querySelector(`[name="${this.#input.name}-pick"]:is([type=hidden], :checked)`)?.value ?? "";
  }

  get #options() {
    return [...this.#list.children];
  }

  get #named() {
    return this.#options.filter((option) => "named" in option.dataset);
  }

  // --- typing and asking ---

  #typed() {
    this.#active = null;
    this.#notice.textContent = "";
    if (this.#pick || this.querySelector(".options")) {
      this.#settle("", "", "");
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const text = this.#text;
    this.#request?.abort();
    if (text === this.#answered || !text) {
      return text ? this.#answer(text) : this.#forget();
    }
    const request = (this.#request = new AbortController());
    const rows = await fetched(`${this.dataset.lookUp}?q=${encodeURIComponent(text)}`, request.signal);
    if (request !== this.#request || text !== this.#text) {
      return;
    }
    this.#request = null;
    if (rows.error) {
      this.#forget();
      this.#notice.textContent = rows.error;
      return;
    }
    this.#fill(rows.nodes, text);
    this.#answer(text);
  }

  #fill(nodes, text) {
    const reached = this.#active;
    this.#list.replaceChildren(...nodes, ...this.#otherwise(text));
    if (reached) {
      // Somebody went to a row while the answer was on its way: that row stays, even if the answer is without it.
      const again = this.#options.find((option) => option.dataset.value === reached.dataset.value);
      again ?? this.#list.prepend(reached);
      this.#reach(again ?? reached);
    }
    this.#answered = text;
  }

  #otherwise(text) {
    const ways = [["new", this.dataset.otherwiseNew], ["words", this.dataset.otherwiseWords]];
    return ways.filter(([, words]) => words).map(([value, words]) => {
      const option = made("li", { className: "combo__option combo__option--other", role: "option", ariaSelected: "false" });
      const [before, after] = words.split("{}");
      option.append(before, made("bdi", { textContent: text }), after ?? "");
      option.dataset.value = value;
      return option;
    });
  }

  /** The list answers the text: show it to whoever is still here, else draw the conclusion. */
  #answer(text) {
    if (document.activeElement !== this.#input) {
      return this.#conclude();
    }
    const found = this.#options.filter((option) => option.dataset.label).length;
    this.#open();
    const results = `${found ? "" : "no-"}results${this.#options.length ? "-keys" : ""}`;
    this.#count.textContent = said("combo-box", results, { count: found });
  }

  // --- keys ---

  #pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    const acts = {
      ArrowDown: () => this.#move(1, event.altKey),
      ArrowUp: () => this.#move(-1, event.altKey),
      Home: () => this.#active && this.#reach(this.#options[0]),
      End: () => this.#active && this.#reach(this.#options.at(-1)),
      Enter: () => (this.#active ? this.#take(this.#active) : this.#isOpen && this.#sayIfSeveral()),
      Escape: () => this.#isOpen && this.#close(),
    };
    if (event.key === "Tab" && this.#active) {
      this.#take(this.#active);
    } else if (acts[event.key]?.()) {
      event.preventDefault();
    }
  }

  #move(by, opensOnly) {
    if (!this.#isOpen) {
      this.#text && this.#answered !== this.#text ? this.#ask() : this.#open();
    }
    const options = this.#options;
    if (options.length && !opensOnly) {
      const from = this.#active ? options.indexOf(this.#active) : by > 0 ? -1 : options.length;
      this.#reach(options.at((from + by) % options.length));
    }
    return true;
  }

  #reach(option) {
    this.#active?.setAttribute("aria-selected", "false");
    this.#active = option;
    option.setAttribute("aria-selected", "true");
    option.id ||= `${this.#id}-${option.dataset.value}`;
    this.#input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
    return true;
  }

  #left() {
    if (this.#timer) {
      this.#ask();
    }
    this.#close();
    this.#conclude();
  }

  // --- the list ---

  get #id() {
    return `${this.#input.id || this.#input.name}-list`; // asked late: a copied row gets its names after it was made
  }

  get #isOpen() {
    return !this.#list.hidden;
  }

  #open() {
    if (this.#options.length && this.#answered === this.#text) {
      this.#list.id = this.#id;
      this.#list.hidden = false;
      this.#input.setAttribute("aria-controls", this.#list.id);
      this.#input.setAttribute("aria-expanded", "true");
      this.#list.scrollIntoView({ block: "nearest" });
    } else if (this.#isOpen) {
      this.#close();
    }
  }

  #close() {
    this.#active?.setAttribute("aria-selected", "false");
    this.#active = null;
    this.#list.hidden = true;
    this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-expanded", "false");
    return true;
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#request?.abort();
    this.#request = this.#answered = null;
    this.#notice.textContent = this.#count.textContent = "";
    this.#list.replaceChildren();
    this.#close();
  }

  // --- what was chosen ---

  #take(option) {
    if (option) {
      const { value, label, hint } = option.dataset;
      this.choose({ value, label, hint: hint ?? option.textContent });
    }
    return Boolean(option);
  }

  /** Nobody chose: an entry that alone goes by the text is taken, as the server would; several are told of. */
  #conclude() {
    if (this.#pick || !this.#text || this.#answered !== this.#text || this.#sayIfSeveral()) {
      return;
    }
    const [only] = this.#named;
    if (only) {
      const { value, label, hint } = only.dataset;
      this.#settle(value, this.#text, label === this.#text ? hint : `${label}: ${hint}`);
    } else {
      this.#notice.textContent = said("combo-box", `no-${this.dataset.thing}`, { text: this.#text });
    }
  }

  #sayIfSeveral() {
    const count = this.#named.length;
    if (count < 2 || this.#answered !== this.#text || this.#pick) {
      return false;
    }
    this.#notice.textContent = said("combo-box", `several-${this.dataset.thing}`, { count, text: this.#text });
    return true;
  }

  #settle(value, asked, hint) {
    this.querySelector(".options")?.remove();
    this.#companion("pick").value = value;
    this.#companion("asked").value = value ? asked : "";
    this.#notice.textContent = "";
    this.#part("taken", "p", "field__hint taken").textContent = hint;
    this.#showPlace(value);
    this.#showQuestions(value, asked);
    this.#input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #companion(part) {
    const name = `${this.#input.name}-${part}`;
    const found = this.querySelector(`input[type=hidden][name="${name}"]`);
    return found ?? this.appendChild(made("input", { type: "hidden", name }));
  }

  #part(name, tag, className) {
    return this.querySelector(`.${name}`) ?? this.appendChild(made(tag, { className }));
  }

  async #showPlace(value) {
    if (!("preview" in this.dataset)) {
      return;
    }
    const map = this.#part("combo__preview", "div", "combo__preview");
    map.replaceChildren();
    if (value && value !== "new" && value !== "words") {
      const { nodes } = await fetched(`${this.dataset.lookUp}${value}/preview/`);
      if (nodes && this.#pick === value) {
        map.replaceChildren(...nodes);
      }
    }
  }

  async #showQuestions(value, text) {
    const name = this.#input.name;
    const slots = (this.closest("form") ?? document).querySelectorAll("[data-new-row]");
    const slot = [...slots].find((one) => one.dataset.newRow === name) ?? this.#part("new-row-slot", "div", "new-row-slot");
    slot.replaceChildren();
    if (value === "new") {
      const query = new URLSearchParams({ name, prefix: this.dataset.newPrefix ?? "", text });
      const { nodes, error } = await fetched(`${this.dataset.lookUp}new/?${query}`);
      if (this.#pick === "new") {
        slot.replaceChildren(...(nodes ?? [error]));
        slot.querySelector("select, input:not([type=hidden])")?.focus();
      }
    }
  }
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

/** What the server answers: { nodes } or { error }, a sentence; an aborted request is neither. */
async function fetched(address, signal) {
  try {
    const response = await fetch(address, { signal, headers: { "HX-Request": "true" } });
    const text = await response.text();
    if (!response.ok || response.redirected) {
      return { error: response.status === 400 ? text : said("combo-box", "silent") };
    }
    const holder = made("template", { innerHTML: text });
    return { nodes: [...document.importNode(holder.content, true).children] };
  } catch (failure) {
    return failure.name === "AbortError" ? {} : { error: said("combo-box", "silent") };
  }
}

customElements.define("combo-box", ComboBox);
