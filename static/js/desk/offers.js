// Puts what was offered from the pasted text ("ledger:offer") where it belongs on the log sheet. Nothing is sent by that.
//
// The detail is {kind, values, excerpt}: a date or a place fills the incident, or the statement that was worked on last;
// an actor the claimant or the actor named there; a toll its cell of the grid, with the sentence as the excerpt. Where
// the sheet has several documents, claims are filled only into cards that cite the one whose text was read.
const sheet = document.querySelector("[data-sheet]");
let last = null; // the input that was worked on last

function put(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function choose(input, { uid = "", name, hint = "" }) {
  const box = input.closest("combo-box");
  if (box?.choose) {
    box.choose({ value: uid, label: name, hint });
    input.dispatchEvent(new Event("input", { bubbles: true }));
  } else {
    put(input, name);
  }
}

function open(input) {
  for (let part = input.closest("details"); part; part = part.parentElement.closest("details")) {
    part.open = true;
  }
}

// The number of the document that an offer comes from, as the cards' lists have it.
function documentOf(button) {
  const address = button.closest("[data-document]").querySelector("[name$=-url]").name;
  return String(Number(address.split("-")[1]) + 1);
}

function cards() {
  return [...sheet.querySelectorAll("[data-card]")];
}

function cites(card, number) {
  return card?.isConnected && card.querySelector("select[name$=-document]").value === number;
}

function isEmpty(card) {
  return ![...card.querySelectorAll("[name$=-claimant], [name$=-claimant_text], [name$=-aspect], [name$=-excerpt]")]
    .some((input) => input.value.trim());
}

// The first empty card, else a new one; it cites the document from now on.
function freshCard(number) {
  let card = cards().find(isEmpty);
  if (!card) {
    sheet.querySelector('[data-more="cards"]').click();
    card = cards().at(-1);
  }
  const list = card.querySelector("select[name$=-document]");
  if (list.value !== number) {
    put(list, number);
  }
  return card;
}

// The statement that was worked on last, if it cites the document.
function workedOn(number) {
  const worked = last?.closest("[data-statement]");
  return cites(worked?.closest("[data-card]"), number) ? worked : null;
}

// The statement that was worked on last, else the first empty one, else a new one on the last card of the document.
function statement(number) {
  const worked = workedOn(number);
  if (worked) {
    return worked;
  }
  const citing = cards().filter((card) => cites(card, number));
  const empty = citing
    .flatMap((card) => [...card.querySelectorAll("[data-statement]")])
    .find((one) => !one.querySelector("select[name$=aspect]").value);
  if (empty || citing.length === 0) {
    return empty ?? freshCard(number).querySelector("[data-statement]");
  }
  return oneMore(citing.at(-1));
}

function oneMore(card) {
  card.querySelector("[data-more-statement]").click();
  return [...card.querySelectorAll("[data-statement]")].at(-1);
}

function quote(row, excerpt) {
  const words = row?.querySelector("[name$=-excerpt]");
  if (words && !words.value.trim()) {
    put(words, excerpt);
  }
}

function visible(scope, selector) {
  const input = scope?.querySelector(selector);
  return input && !input.closest("[hidden]") ? input : null;
}

function placeDate({ start, end, precision }, excerpt, number) {
  const inStatement = visible(workedOn(number), "[name$=value_date_start]");
  quote(inStatement && workedOn(number), excerpt);
  const prefix = inStatement ? inStatement.name.replace(/_start$/, "") : "date";
  put(sheet.querySelector(`[name="${prefix}_start"]`), start);
  put(sheet.querySelector(`[name="${prefix}_precision"]`), precision);
  put(sheet.querySelector(`[name="${prefix}_end"]`), end && end !== start ? end : "");
  return sheet.querySelector(`[name="${prefix}_start"]`);
}

function placePlace(place, excerpt, number) {
  const inStatement = visible(workedOn(number), "[name$=-value_location]");
  quote(inStatement && workedOn(number), excerpt);
  const facts = sheet.querySelector("[name=place]");
  let input = inStatement ?? (facts.value.trim() ? null : facts);
  if (!input) {
    const sites = [...sheet.querySelectorAll("[name^=sites-][name$=-place]")];
    input = sites.find((site) => !site.value.trim());
    if (!input) {
      sheet.querySelector('[data-more="sites"]').click();
      input = [...sheet.querySelectorAll("[name^=sites-][name$=-place]")].at(-1);
    }
  }
  choose(input, place);
  return input;
}

function placeActor({ name, candidates }, excerpt, number) {
  const inStatement = visible(workedOn(number), "[name$=-value_actor]");
  quote(inStatement && workedOn(number), excerpt);
  const open = cards().find((card) => cites(card, number) && !card.querySelector("[name$=-claimant]").value.trim());
  const input = inStatement ?? (open ?? freshCard(number)).querySelector("[name$=-claimant]");
  choose(input, candidates.length === 1 ? candidates[0] : { name });
  input.focus();
  return input;
}

function placeToll({ outcome, category, demographic, number, subset_of_category: whole }, excerpt, document) {
  const prepared = (row) => {
    const aspect = row.querySelector("select[name$=aspect]");
    if (aspect.value !== "casualties") {
      put(aspect, "casualties");
    }
    const prefix = aspect.name.replace(/aspect$/, "toll-");
    return row.querySelector(`[name="${prefix}${outcome}-${whole ?? category}-${demographic}"]`)
      ?? row.querySelector(`[name="${prefix}${outcome}-${category}-any"]`);
  };
  let row = statement(document);
  let cell = prepared(row);
  if (cell.value.trim() && cell.value.trim() !== number) {
    row = oneMore(row.closest("[data-card]")); // another figure for the same people is another statement
    cell = prepared(row);
  }
  put(cell, number);
  quote(row, excerpt);
  return cell;
}

function take({ detail, target }) {
  const { kind, values, excerpt } = detail;
  const number = documentOf(target);
  const placed = {
    date: placeDate,
    place: placePlace,
    actor: placeActor,
    casualties: placeToll,
  }[kind]?.(values, excerpt, number);
  if (placed) {
    open(placed);
    placed.classList.add("just-filled");
    placed.addEventListener("animationend", () => placed.classList.remove("just-filled"), { once: true });
    placed.scrollIntoView({ block: "nearest" });
  }
}

if (sheet) {
  sheet.addEventListener("focusin", (event) => {
    last = event.target.closest("[data-card], [data-rows], section") && !event.target.closest("[data-assist]") ? event.target : last;
  });
  document.addEventListener("ledger:offer", take);
}
