/* Says what an address and a pasted text tell of a document, and fills what is still empty. Nothing is fetched but our own answer.

   [data-recognise]          around the inputs of one document
     data-recognise-url      where to ask (POST url, text → JSON)
   Inputs inside, by name (alone or after a prefix, as in citations-0-url): url, title, source, language,
   published_start; the pasted text is textarea[data-captured-text]. An input that holds something is never changed; one
   that was filled says so under it, until somebody types there, and follows the address as long as it does.

   A known document is announced with a button. A click dispatches the bubbling event "ledger:known-document" with the
   document {uid, title, source: {uid, name, hint}, language, day, published, address} as detail. Unless that is
   prevented, the document is chosen in the nearest list select[name$=document] that has it; else the address does it.
   While it is known, the container carries its uid as data-known-document. Every answer is told by the bubbling event
   "ledger:recognised". A page that opens with an address asks too, and fills nothing.
   A source in a <combo-box> is chosen by that element's choose({value, label, hint}). */
import { phrase, said } from "../words.js";

const PAUSE = 500;
const FIRST_PART = 5000; // characters of the text that are sent: its first lines are enough
const waiting = new WeakMap();

const input = (box, name) => box.querySelector(`[name="${name}"], [name$="-${name}"]`);

document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-recognise]");
  if (!box) {
    return;
  }
  forget(event.target);
  const asks = event.target === input(box, "url") || event.target.matches("[data-captured-text]");
  if (asks) {
    clearTimeout(waiting.get(box));
    waiting.set(box, setTimeout(() => ask(box), PAUSE));
  }
});

for (const box of document.querySelectorAll("[data-recognise]")) {
  if (input(box, "url")?.value.trim()) {
    ask(box, { fills: false });
  }
}

async function ask(box, { fills = true } = {}) {
  const url = input(box, "url")?.value ?? "";
  const text = (box.querySelector("[data-captured-text]")?.value ?? "").slice(0, FIRST_PART);
  if (!url.trim() && !text.trim()) {
    show(box, null);
    return;
  }
  const body = new FormData();
  body.set("url", url);
  body.set("text", text);
  const answer = await fetch(box.dataset.recogniseUrl, { method: "POST", body, headers: token() }).catch(() => null);
  const isStale = url !== (input(box, "url")?.value ?? "");
  if (!answer?.ok || isStale) {
    return;
  }
  const found = await answer.json();
  show(box, found);
  if (found.document) {
    if (fills) {
      fillFromKnown(box, found.document);
    }
    return;
  }
  if (!fills) {
    return;
  }
  fill(input(box, "title"), "");
  fillSource(box, found.source, said("recognise", "source"));
  fill(input(box, "language"), found.language.code, said("recognise", "filled", found.language));
  fill(input(box, "published_start"), found.published.day, said("recognise", "filled", found.published));
}

function fillFromKnown(box, known) {
  const why = said("recognise", "filled-from-known");
  fill(input(box, "title"), known.title, why);
  fillSource(box, known.source, why);
  fill(input(box, "language"), known.language, why);
  fill(input(box, "published_start"), known.day, why);
}

function fillSource(box, source, why) {
  const field = input(box, "source");
  const combo = field?.closest("combo-box");
  if (!combo?.choose) {
    fill(field, source?.name, why);
    return;
  }
  if (isOurs(field)) {
    forget(field);
    combo.choose({ label: "" });
  }
  if (source && !field.value.trim()) {
    combo.choose({ value: source.uid, label: source.name, hint: source.hint });
    note(field, why);
  }
}

function fill(field, value, why) {
  if (!field || (field.value.trim() && !isOurs(field))) {
    return;
  }
  const before = field.value;
  forget(field);
  field.value = value ?? "";
  if (field.value !== (value ?? "")) {
    field.value = ""; // a list that does not have the value
  }
  if (field.value) {
    note(field, why);
  }
  if (field.value !== before) {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// Whether this filled the field, and nobody typed there since.
function isOurs(field) {
  return Boolean(document.getElementById(`${field.id}_filled`));
}

function note(field, why) {
  forget(field);
  const words = document.createElement("p");
  words.className = "field__hint";
  words.id = `${field.id}_filled`;
  words.textContent = why;
  field.after(words);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${words.id}`.trim());
}

function forget(field) {
  const words = field.id && document.getElementById(`${field.id}_filled`);
  if (words) {
    words.remove();
    const others = (field.getAttribute("aria-describedby") ?? "").replace(`${field.id}_filled`, "").trim();
    others ? field.setAttribute("aria-describedby", others) : field.removeAttribute("aria-describedby");
  }
}

function show(box, found) {
  const place = status(box);
  place.replaceChildren();
  delete box.dataset.knownDocument;
  if (found?.problem) {
    place.append(paragraph(`✗ ${found.problem}`));
  } else if (found?.document) {
    box.dataset.knownDocument = found.document.uid;
    place.append(known(box, found.document));
  }
  box.dispatchEvent(new CustomEvent("ledger:recognised", { bubbles: true }));
}

function status(box) {
  let place = box.querySelector("[data-recognised]");
  if (!place) {
    place = document.createElement("div");
    place.dataset.recognised = "";
    place.className = "known-already small";
    place.setAttribute("role", "status");
    input(box, "url").after(place);
  }
  return place;
}

function known(box, found) {
  const about = [found.source.name, found.published].filter(Boolean).join(", ");
  const words = phrase("recognise", "known", { name: found.title, about });
  words.querySelector("a").href = found.address;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  button.textContent = said("recognise", "cite");
  button.addEventListener("click", () => cite(box, found));
  const isNeeded = box.closest("[data-citation]");
  words.append(...(isNeeded ? [" ", button] : []));
  return words;
}

function cite(box, found) {
  const event = new CustomEvent("ledger:known-document", { bubbles: true, cancelable: true, detail: found });
  if (!box.dispatchEvent(event)) {
    return;
  }
  const citation = box.closest("[data-citation]");
  const list = citation.querySelector("select[name$=document]");
  const listed = [...(list?.options ?? [])].find((option) => option.value === found.uid);
  if (listed) {
    for (const name of ["url", "title", "source"]) {
      const field = input(box, name);
      field.value = "";
      forget(field);
    }
    list.value = found.uid;
    list.dispatchEvent(new Event("input", { bubbles: true }));
    show(box, null);
  }
  citation.querySelector("[data-excerpt]")?.focus();
}

function paragraph(text) {
  const words = document.createElement("p");
  words.textContent = text;
  return words;
}

function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
}
