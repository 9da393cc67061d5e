/* Says while somebody types whether an excerpt is in the captured text, and takes a selection of it as the excerpt.

   textarea[data-excerpt]           an excerpt
   [data-citation]                  around it and its document; without it, the form is meant
   [data-card]                      around it on the log sheet, where its list select[name$=-document] has the number of
                                    the [data-document] on the page that is meant
     data-quotes-base               at the citation or document: the documents' register, to ask about a stored one
   textarea[data-captured-text]     inside of that: the pasted text; while it holds something, it is what counts
   select or input[name$=document]  else: the uid of the stored document (or data-known-document, set by recognise.js)
   button[data-take-selection]      id of the captured text; data-into is the id of the excerpt

   The words are compared as events/desk/quotes.py does it; tests/desk/quote_cases.py holds the cases for both. Nothing
   is ever blocked: a citation whose excerpt is not found can be saved, and the editor is told. */
import { said } from "../words.js";

const PAUSE = 400;
const LONGEST = 500;
const waiting = new WeakMap();
const MOST_KEPT = 10; // as many as a sheet has documents
let kept = []; // the texts that were compared last: each may be two million characters long

const SET = [
  [/[“”„‟«»″]/g, '"'],
  [/[‘’‚‛`´′]/g, "'"],
  [/[‐‑‒–—―−]/g, "-"],
  [/…/g, "..."],
];
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const TOLD = { found: "found", "not found": "missing" };

export function isIn(excerpt, text) {
  let one = kept.find((other) => other.text === text);
  if (!one) {
    one = { text, plain: plain(text) };
    kept = [one, ...kept].slice(0, MOST_KEPT);
  }
  return one.plain.includes(plain(excerpt));
}

function plain(text) {
  let words = text.normalize("NFC").replace(INVISIBLE, "");
  for (const [marks, mark] of SET) {
    words = words.replace(marks, mark);
  }
  return words.replace(SPACE, " ").replace(/^ | $/g, "");
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.matches("[data-excerpt]")) {
    soon(field);
  } else if (field.matches("[data-captured-text]")) {
    again(scopeOf(field));
  } else if (field.name?.endsWith("document")) {
    again(scopeOf(field), field.closest("[data-card]") ?? document);
  }
});

document.addEventListener("ledger:recognised", (event) => again(scopeOf(event.target)));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take-selection]");
  if (button) {
    takeSelection(button);
  }
});

// The excerpts that are compared with this document.
function again(scope, within = document) {
  for (const field of within.querySelectorAll("[data-excerpt]")) {
    if (scopeOf(field) === scope && (field.value.trim() || hasStatus(field))) {
      soon(field);
    }
  }
}

function soon(field) {
  status(field);
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => check(field), PAUSE));
}

async function check(field) {
  const scope = scopeOf(field);
  const text = scope?.querySelector("textarea[data-captured-text]")?.value ?? "";
  const excerpt = field.value;
  if (!excerpt.trim()) {
    say(field, "");
  } else if (text.trim()) {
    say(field, isIn(excerpt, text) ? "found" : "not found");
  } else {
    const answer = scope ? await asked(scope, excerpt) : "";
    if (field.value === excerpt && scopeOf(field) === scope) {
      say(field, answer);
    }
  }
}

async function asked(scope, excerpt) {
  const chosen = scope.querySelector("select[name$=document], input[name$=document]")?.value;
  const uid = chosen || (scope.dataset.knownDocument ?? scope.querySelector("[data-known-document]")?.dataset.knownDocument);
  if (!uid || !scope.dataset.quotesBase) {
    return "";
  }
  const body = new FormData();
  body.set("excerpt", excerpt);
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const address = `${scope.dataset.quotesBase}${uid}/quotes/`;
  const answer = await fetch(address, { method: "POST", body, headers }).catch(() => null);
  return answer?.ok ? (await answer.json()).answer : "";
}

// What holds the document of a field; null for a card whose document is not on the page.
function scopeOf(field) {
  const card = field.closest("[data-card]");
  if (card) {
    const number = Number(card.querySelector("select[name$=-document]").value || 1);
    return document.querySelector(`[name="documents-${number - 1}-url"]`)?.closest("[data-document]") ?? null;
  }
  return field.closest("[data-citation], [data-document]") ?? field.form ?? document;
}

function say(field, answer) {
  const place = status(field);
  place.dataset.answer = answer;
  place.textContent = answer in TOLD ? said("excerpts", TOLD[answer]) : "";
}

function status(field) {
  if (hasStatus(field)) {
    return field.nextElementSibling;
  }
  const place = document.createElement("p");
  place.className = "excerpt-check";
  place.setAttribute("role", "status");
  field.after(place);
  return place;
}

function hasStatus(field) {
  return Boolean(field.nextElementSibling?.matches(".excerpt-check"));
}

function takeSelection(button) {
  const text = document.getElementById(button.dataset.takeSelection);
  const field = document.getElementById(button.dataset.into);
  const selected = text.value.slice(text.selectionStart, text.selectionEnd).trim();
  if (!selected || selected.length > LONGEST) {
    const place = status(field);
    place.dataset.answer = "";
    place.textContent = selected
      ? said("excerpts", "too-long", { count: selected.length, most: LONGEST })
      : said("excerpts", "nothing-selected");
    return;
  }
  field.value = selected;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
