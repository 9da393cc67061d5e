/* Reads a pasted text on the server and shows what it seems to say, as buttons that fill the form.

   [data-assist]             the panel, in the page with the attribute "hidden"; shown here, in templates too
     data-assist-url         where to ask (POST text, published → HTML)
     data-assist-text        id of the textarea with the text
     data-assist-day         id of the input with the day of publication (may be missing)
     data-assist-excerpt     id of the textarea that takes an excerpt (may be missing)
     [data-assist-read]      the button that asks; pasting a text asks as well
     [data-assist-status]    says that the text is being read
     [data-assist-offers]    takes the answer
   [data-needs-script]       anything else that is shown only where this runs

   A click on an offer dispatches the bubbling event "ledger:offer" at the button. Its detail is what the button carries
   as data-offer: {kind, values, excerpt}. kind is "date" (values: start, end, precision), "place" (uid, name, hint),
   "actor" (name, candidates: [{uid, name, hint}]) or "casualties" (outcome, category, demographic, number,
   subset_of_category or null). Unless the event is prevented, the excerpt goes into the excerpt field if that is empty.
   Ids are looked up at the moment they are needed, so rows that were cloned from a template work. */
import { said } from "../words.js";

const PAUSE = 800;
const MOST_SENT = 200_001; // characters: one more than is read, so that the answer can say that there was more
const LONG = 50_000;
const waiting = new WeakMap();
const latest = new WeakMap();

function reveal(root) {
  for (const hidden of root.querySelectorAll("[data-needs-script][hidden]")) {
    hidden.hidden = false;
  }
  for (const template of root.querySelectorAll("template")) {
    reveal(template.content);
  }
}

reveal(document);
document.addEventListener("htmx:load", (event) => reveal(event.target));

document.addEventListener("click", (event) => {
  const panel = event.target.closest("[data-assist]");
  const offer = event.target.closest("[data-offer]");
  if (panel && event.target.closest("[data-assist-read]")) {
    read(panel);
  } else if (panel && offer) {
    take(panel, offer);
  }
});

document.addEventListener("paste", (event) => {
  if (panelOf(event.target, "assistText")) {
    setDirection(event.target, event.clipboardData?.getData("text") ?? "");
    soon(event.target);
  }
});
document.addEventListener("change", (event) => {
  const panel = panelOf(event.target, "assistDay");
  if (panel?.querySelector("[data-assist-offers]").hasChildNodes()) {
    read(panel);
  }
});

// With dir="auto" a browser lays out a long text for half a minute; its first letter tells the direction as well.
function setDirection(field, text) {
  if (text.length > LONG) {
    field.dir = /[\u0590-\u08ff]/.test(text.match(/\p{L}/u)?.[0] ?? "") ? "rtl" : "ltr";
  }
}

function soon(field) {
  const panel = panelOf(field, "assistText");
  if (panel) {
    clearTimeout(waiting.get(panel));
    waiting.set(panel, setTimeout(() => read(panel), PAUSE));
  }
}

function panelOf(field, which) {
  const all = field.id ? [...document.querySelectorAll("[data-assist]")] : [];
  return all.find((panel) => panel.dataset[which] === field.id);
}

async function read(panel) {
  const status = panel.querySelector("[data-assist-status]");
  const turn = {};
  latest.set(panel, turn);
  const body = new FormData();
  body.set("text", (named(panel, "assistText")?.value ?? "").slice(0, MOST_SENT));
  body.set("published", named(panel, "assistDay")?.value ?? "");
  status.textContent = said("assist", "reading");
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const answer = await fetch(panel.dataset.assistUrl, { method: "POST", body, headers }).catch(() => null);
  const page = answer?.ok ? await answer.text() : null;
  if (latest.get(panel) !== turn) {
    return; // somebody asked again meanwhile
  }
  if (page === null) {
    status.textContent = said("assist", "failed");
    return;
  }
  const offers = panel.querySelector("[data-assist-offers]");
  offers.innerHTML = page; // made by our own templates, with everything from the text escaped
  const count = offers.querySelectorAll(".offer").length;
  status.textContent = said("assist", "read", { count });
}

function take(panel, button) {
  const detail = JSON.parse(button.dataset.offer);
  const event = new CustomEvent("ledger:offer", { bubbles: true, cancelable: true, detail });
  const isOpen = button.dispatchEvent(event);
  const field = named(panel, "assistExcerpt");
  if (isOpen && field && !field.value.trim()) {
    field.value = detail.excerpt;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  button.dataset.taken = "";
}

function named(panel, which) {
  return document.getElementById(panel.dataset[which]);
}
