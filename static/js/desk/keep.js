// Keeps what is typed into a form, on the server, while it is typed; and lets nothing be lost on the way out.
//
// The form carries [data-keep]; the hidden input [data-keep-key] inside it says where to save and what is saved already.
// After the first save the address names the entry, so that Back, reload and a crash lead to the filled form.
import { phrase, said } from "../words.js";

const PAUSE = 1200; // milliseconds without typing before a save
const WATCH = 4000; // looks for what scripts changed, and says how long ago it was saved
const form = document.querySelector("form[data-keep]");
const mark = form?.querySelector("[data-keep-key]");
const time = form?.querySelector("[data-keep-time]");
const words = form?.querySelector("[data-keep-words]");

let revision = Number(mark?.dataset.revision);
let saved = {}; // what the server holds: input → texts
let base = {}; // what the form held when it was opened: as long as nothing differs, there is nothing to keep
let savedAt = null;
let pending = null;
let running = null;
let leaving = false;
let elsewhere = ""; // what is said once another tab has taken the entry over

function typed() {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "unfinished") {
      (found[name] ??= []).push(value);
    }
  }
  return found;
}

function same(one, other) {
  return one !== undefined && one.length === other.length && one.every((text, index) => text === other[index]);
}

function difference(now, then) {
  const changed = Object.fromEntries(Object.entries(now).filter(([name, texts]) => !same(then[name], texts)));
  return { changed, gone: Object.keys(then).filter((name) => !(name in now)) };
}

function isSaved(now = typed()) {
  const { changed, gone } = difference(now, revision === 0 ? base : saved);
  return gone.length === 0 && Object.keys(changed).length === 0;
}

function say(text) {
  if (words.textContent !== text) {
    words.textContent = text;
  }
}

function tellTime() {
  if (savedAt !== null) {
    const seconds = Math.round((Date.now() - savedAt) / 1000);
    const [unit, count] = seconds < 3 ? ["now", seconds] : seconds < 90 ? ["seconds", seconds] : ["minutes", Math.round(seconds / 60)];
    time.textContent = said("keep", unit, { count });
  }
}

function label() {
  const named = [...form.querySelectorAll("[data-keep-label-of] input")].map((input) => input.value.trim()).find(Boolean);
  return named ?? document.title;
}

async function save(keepalive = false) {
  const now = typed();
  if (isSaved(now)) {
    return "saved";
  }
  const { changed, gone } = difference(now, saved);
  const body = JSON.stringify({ page: mark.dataset.page, key: mark.value, revision, changed, gone, label: label() });
  let answer;
  try {
    answer = await fetch(mark.dataset.url, {
      method: "POST",
      // A page that goes away may send 64 KB at most; a longer text was saved by the pauses before.
      keepalive: keepalive && body.length < 60000,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body,
    });
  } catch {
    say(said("keep", "offline"));
    return "offline";
  }
  if (answer.status === 401 || answer.status === 403) {
    await signedOut();
    return "signed out";
  }
  if (answer.status === 409) {
    elsewhere = (await answer.json()).detail;
    startCopy();
    return "again";
  }
  if (!answer.ok) {
    const { detail } = await answer.json().catch(() => ({}));
    say(detail ? said("keep", "refused", { why: detail }) : said("keep", "not-taken"));
    return "refused";
  }
  const told = await answer.json();
  revision = told.revision;
  saved = now;
  savedAt = Date.now();
  say(elsewhere);
  tellTime();
  nameInAddress(told.uid);
  return "saved";
}

// One save at a time: a second one waits, so that revisions follow each other.
async function flush(keepalive = false) {
  clearTimeout(pending);
  while (running) {
    await running;
  }
  running = save(keepalive);
  try {
    const outcome = await running;
    return outcome === "again" ? await save() : outcome;
  } finally {
    running = null;
  }
}

function nameInAddress(uid) {
  const address = new URL(window.location.href);
  if (address.searchParams.get("resume") !== uid) {
    address.searchParams.set("resume", uid);
    window.history.replaceState(window.history.state, "", address);
  }
}

// Somebody signed in again in another tab gets a new token; with it this page can go on.
async function signedOut() {
  const answer = await fetch(mark.dataset.alive, { headers: { Accept: "application/json" } }).catch(() => null);
  const state = answer?.ok ? await answer.json() : { signed_in: false };
  if (state.signed_in) {
    for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      token.value = state.csrf;
    }
    say(said("keep", "signed-in"));
    return;
  }
  words.replaceChildren(phrase("keep", "signed-out"));
}

function startCopy() {
  mark.value = newKey();
  const entry = form.querySelector("[name=entry_key]");
  if (entry) {
    entry.value = mark.value;
  }
  revision = 0;
  saved = {};
  base = {};
}

// As crypto.randomUUID, which browsers offer on encrypted connections only.
function newKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function later() {
  clearTimeout(pending);
  pending = setTimeout(flush, PAUSE);
}

async function leave(event) {
  if (leaving) {
    return;
  }
  event.preventDefault();
  const submitter = event.submitter;
  let outcome = await flush();
  if (outcome === "signed out") {
    outcome = await flush(); // with the token of the new sign-in, if there is one
  }
  if (outcome === "offline" || outcome === "signed out") {
    words.scrollIntoView({ block: "nearest" });
    return;
  }
  leaving = true;
  setTimeout(() => form.requestSubmit(submitter)); // never within the first submit event: browsers ignore that
}

if (mark) {
  base = typed();
  saved = revision === 0 ? {} : base;
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", leave);
  setInterval(() => {
    tellTime();
    if (!leaving && !running && !isSaved()) {
      later();
    }
  }, WATCH);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && !leaving && flush(true));
  window.addEventListener("focus", () => !leaving && !isSaved() && later());
  window.addEventListener("pageshow", (event) => {
    leaving &&= !event.persisted;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && !isSaved()) {
      event.preventDefault();
    }
  });
}
