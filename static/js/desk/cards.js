// The rows of the log sheet: remove, copy and move them; keep their numbers, and the lists that name them, true.
import { said } from "../words.js";

const sheet = document.querySelector("[data-sheet]");

const NUMBERED = { documents: "title", sites: "place" }; // what names a row of theirs

function rowsOf(prefix) {
  return [...sheet.querySelectorAll(`[data-rows="${prefix}"] > [data-row]`)];
}

// The number of a row as the server counts it, from 1: it stands in the names of its inputs and never changes.
function numberOf(row, prefix) {
  const named = row.querySelector(`[name^="${prefix}-"]`);
  return Number(named.name.slice(prefix.length + 1).split("-")[0]) + 1;
}

// Lists of documents and sites in cards and statements: one option for each row that is there.
function refreshLists() {
  for (const [prefix, naming] of Object.entries(NUMBERED)) {
    const rows = rowsOf(prefix);
    const selects = sheet.querySelectorAll(prefix === "documents" ? "select[name$=-document]" : "select[name$=-site]");
    for (const select of selects) {
      const chosen = select.value;
      for (const option of [...select.options].filter((one) => one.value)) {
        option.remove();
      }
      for (const row of rows) {
        const number = numberOf(row, prefix);
        const name = row.querySelector(`[name$=-${naming}]`).value.trim();
        const words = said("cards", name ? `named-${prefix}` : prefix, { number: String(number), name });
        select.add(new Option(words, String(number)));
      }
      select.value = [...select.options].some((option) => option.value === chosen) ? chosen : select.options[0]?.value ?? "";
      if (select.value !== chosen) {
        select.dispatchEvent(new Event("input", { bubbles: true })); // its document or site is gone
      }
    }
    for (const place of sheet.querySelectorAll(`[data-${prefix}-only]`)) {
      place.hidden = rows.length < (prefix === "documents" ? 2 : 1);
    }
  }
}

function refreshOrder() {
  rowsOf("cards").forEach((card, index) => {
    card.querySelector("[name$=-order]").value = String(index + 1);
    card.querySelector("[data-row-number]").textContent = String(index + 1);
  });
}

function reveal() {
  for (const part of sheet.querySelectorAll("[data-needs-script]")) {
    part.hidden = false;
  }
  for (const part of sheet.querySelectorAll("[data-needs-no-script]")) {
    part.hidden = true;
  }
}

function refresh() {
  reveal();
  refreshOrder();
  refreshLists();
}

function remove(row) {
  const near = row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : row.previousElementSibling;
  const list = row.parentElement;
  row.remove();
  const target = near?.querySelector("select, input:not([type=hidden]), textarea") ?? list.parentElement.querySelector("[data-more]");
  target?.focus();
  refresh();
  sheet.dispatchEvent(new Event("input"));
}

// What was typed in a card, in the inputs of the same name in another one.
function fill(from, to, fromPrefix, toPrefix) {
  for (const input of from.querySelectorAll("input, select, textarea")) {
    const same = to.querySelector(`[name="${CSS.escape(input.name.replace(fromPrefix, toPrefix))}"]`);
    if (!same || input.name.endsWith("_FORMS")) {
      continue;
    }
    const box = same.closest("combo-box");
    if (box && same.type === "text") {
      const pick = input.closest("combo-box").querySelector(`[name="${CSS.escape(input.name)}-pick"]`)?.value ?? "";
      box.choose({ value: pick, label: input.value, hint: input.closest("combo-box").querySelector(".taken")?.textContent ?? "" });
      continue;
    }
    if (input.type === "checkbox" || input.type === "radio") {
      same.checked = input.checked;
    } else {
      same.value = input.value;
    }
    if (same.matches("select[name$=aspect]")) {
      same.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

function copy(card) {
  const before = rowsOf("cards").length;
  const said = card.querySelectorAll("[data-statement]").length;
  sheet.querySelector('[data-more="cards"]').click();
  const made = rowsOf("cards").at(-1);
  if (rowsOf("cards").length === before) {
    return;
  }
  const prefixes = [card, made].map((one) => `cards-${numberOf(one, "cards") - 1}-`);
  while (made.querySelectorAll("[data-statement]").length < said) {
    made.querySelector("[data-more-statement]").click();
  }
  fill(card, made, ...prefixes);
  card.after(made);
  refresh();
  made.querySelector("input:not([type=hidden])").focus();
  sheet.dispatchEvent(new Event("input"));
}

function move(card, isUp) {
  const other = isUp ? card.previousElementSibling : card.nextElementSibling;
  if (other?.matches("[data-row]")) {
    if (isUp) {
      other.before(card);
    } else {
      other.after(card);
    }
    refresh();
    card.querySelector(isUp ? "[data-row-up]" : "[data-row-down]").focus();
    sheet.dispatchEvent(new Event("input"));
  }
}

function press(event) {
  const row = event.target.closest("[data-row]");
  if (event.target.closest("[data-row-remove]")) {
    remove(row);
  } else if (event.target.closest("[data-row-copy]")) {
    copy(row);
  } else if (event.target.closest("[data-row-up], [data-row-down]")) {
    move(row, Boolean(event.target.closest("[data-row-up]")));
  }
}

function keys(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    sheet.requestSubmit(sheet.querySelector("button[name=submit]"));
  } else if (event.altKey && event.code === "KeyA") {
    event.preventDefault();
    sheet.querySelector('[data-more="cards"]').click();
  } else if (event.altKey && event.code === "KeyS") {
    event.preventDefault();
    const card = document.activeElement.closest("[data-card]") ?? rowsOf("cards").at(-1);
    card?.querySelector("[data-more-statement]").click();
  }
}

if (sheet) {
  refresh();
  sheet.addEventListener("click", press);
  sheet.addEventListener("ledger:row", refresh);
  sheet.addEventListener("change", (event) => event.target.matches("[name$=-title], [name$=-place]") && refreshLists());
  document.addEventListener("keydown", keys);
}
