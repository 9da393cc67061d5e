// Single keys: each presses or focuses what carries it as data-shortcut; j and k walk lists; ? lists what there is.
import { said } from "../words.js";

const OFF = document.body.dataset.shortcuts === "off";
const status = document.querySelector("[data-shortcut-status]");
const dialog = document.querySelector("[data-shortcuts-list]");

function isTyping(element) {
  const texts = "textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])";
  return element.matches(texts) || element.isContentEditable;
}

function isBusy(event) {
  const composes = event.isComposing || event.keyCode === 229;
  return event.defaultPrevented || composes || event.ctrlKey || event.metaKey || event.altKey;
}

function say(words) {
  status.textContent = "";
  setTimeout(() => (status.textContent = words), 50); // the same words twice are only read out after a change
}

// What belongs to a row acts on the row in which the focus is; what is bound to a form, only within it.
function isWithinReach(element) {
  const around = element.closest("[data-row-item]") ?? within(element);
  return element.checkVisibility() && (!around || around.contains(document.activeElement));
}

function within(element) {
  return element.dataset.shortcutWithin ? element.closest(element.dataset.shortcutWithin) : null;
}

function bearer(key) {
  const all = [...document.querySelectorAll(`[data-shortcut="${CSS.escape(key)}"]`)].filter(isWithinReach);
  const form = document.activeElement.closest("form");
  return all.find((element) => form?.contains(element)) ?? all[0];
}

// The input that has to be filled in before the button means anything, or undefined when it is.
function missing(button) {
  const inputs = [...(button.form?.querySelectorAll(`[name="${button.dataset.shortcutNeeds}"]`) ?? [])];
  const isGiven = inputs.some((input) => (input.type === "radio" ? input.checked : input.value.trim()));
  return isGiven ? undefined : inputs[0];
}

function act(element) {
  const first = element.dataset.shortcutNeeds && missing(element);
  if (first) {
    meant.set(element.form, element);
    first.focus();
    say(element.dataset.shortcutSays ?? "");
  } else if (isTyping(element)) {
    element.focus();
  } else {
    if (element.matches("input")) {
      element.focus();
    }
    element.click();
  }
}

const meant = new WeakMap(); // form → the button whose key was pressed before its reason was written

// Control and Enter send a form as it was meant, also out of a text area.
function send(event) {
  const button = meant.get(event.target.form);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing && button) {
    event.preventDefault();
    button.click();
  }
}

function walk(step) {
  const links = [...document.querySelectorAll("[data-rows-list] [data-row-link]")];
  const rows = links.map((link) => link.closest("[data-row-item]"));
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)];
  next?.focus();
  return Boolean(next);
}

function entry(key, label) {
  const term = document.createElement("dt");
  const keyCap = document.createElement("kbd");
  keyCap.textContent = key;
  term.append(keyCap);
  const words = document.createElement("dd");
  words.textContent = label;
  return [term, words];
}

function list() {
  const found = new Map();
  if (document.querySelector("[data-rows-list] [data-row-link]")) {
    ["j", "k", "Enter"].forEach((key) => found.set(key, said("keys", key.toLowerCase())));
  }
  for (const element of document.querySelectorAll("[data-shortcut][data-shortcut-label]")) {
    if (element.checkVisibility()) {
      found.set(element.dataset.shortcutShown ?? element.dataset.shortcut, element.dataset.shortcutLabel);
    }
  }
  ["?", "Esc"].forEach((key) => found.set(key, said("keys", key.toLowerCase())));
  dialog.querySelector("[data-shortcuts-entries]").replaceChildren(...[...found].flatMap(([key, label]) => entry(key, label)));
  dialog.showModal();
}

function press(event) {
  if (isBusy(event) || isTyping(event.target) || document.querySelector("dialog[open]")) {
    return;
  }
  const element = bearer(event.key);
  if (event.key === "?") {
    list();
  } else if (element) {
    act(element);
  } else if (!(event.key === "j" || event.key === "k") || !walk(event.key === "j" ? 1 : -1)) {
    return;
  }
  event.preventDefault();
}

if (status && dialog) {
  const button = document.querySelector("[data-shortcuts-open]");
  button.hidden = false;
  button.addEventListener("click", list);
  document.addEventListener("keydown", send);
  if (!OFF) {
    document.body.dataset.shortcuts = "ready";
    document.addEventListener("keydown", press);
  }
  // What the last page did is said again: a region that is there from the start is not read out.
  const done = document.querySelector(".messages");
  if (done) {
    say(done.innerText);
  }
}
