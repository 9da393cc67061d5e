// Puts what was offered from the pasted text ("ledger:offer") where it belongs on the log sheet. Nothing is sent by that.
//
// The detail is {kind, values, excerpt}: a date or a place fills the incident, or the statement that was worked on last;
// an actor the claimant or the actor named there; a toll its cell of the grid, with the sentence as the excerpt.
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

// The statement that was worked on last, else the first empty one, else a new one on the last card.
function statement() {
  const worked = last?.closest("[data-statement]");
  const all = [...sheet.querySelectorAll("[data-statement]")];
  const empty = all.find((one) => !one.querySelector("select[name$=aspect]").value);
  if (worked?.isConnected || empty) {
    return worked?.isConnected ? worked : empty;
  }
  [...sheet.querySelectorAll("[data-more-statement]")].at(-1).click();
  return [...sheet.querySelectorAll("[data-statement]")].at(-1);
}

function visible(scope, selector) {
  const input = scope?.querySelector(selector);
  return input && !input.closest("[hidden]") ? input : null;
}

function placeDate({ start, end, precision }) {
  const inStatement = visible(last?.closest("[data-statement]"), "[name$=value_date_start]");
  const prefix = inStatement ? inStatement.name.replace(/_start$/, "") : "date";
  put(sheet.querySelector(`[name="${prefix}_start"]`), start);
  put(sheet.querySelector(`[name="${prefix}_precision"]`), precision);
  put(sheet.querySelector(`[name="${prefix}_end"]`), end && end !== start ? end : "");
  return sheet.querySelector(`[name="${prefix}_start"]`);
}

function placePlace(place) {
  const inStatement = visible(last?.closest("[data-statement]"), "[name$=-value_location]");
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

function placeActor({ name, candidates }) {
  const inStatement = visible(last?.closest("[data-statement]"), "[name$=-value_actor]");
  const cards = [...sheet.querySelectorAll("[name^=cards-][name$=-claimant]")];
  let input = inStatement ?? cards.find((claimant) => !claimant.value.trim());
  if (!input) {
    sheet.querySelector('[data-more="cards"]').click();
    input = [...sheet.querySelectorAll("[name^=cards-][name$=-claimant]")].at(-1);
  }
  choose(input, candidates.length === 1 ? candidates[0] : { name });
  input.focus();
  return input;
}

function placeToll({ outcome, category, demographic, number, subset_of_category: whole }, excerpt) {
  const row = statement();
  const aspect = row.querySelector("select[name$=aspect]");
  if (aspect.value !== "casualties") {
    put(aspect, "casualties");
  }
  const prefix = aspect.name.replace(/aspect$/, "toll-");
  const cell = row.querySelector(`[name="${prefix}${outcome}-${whole ?? category}-${demographic}"]`)
    ?? row.querySelector(`[name="${prefix}${outcome}-${category}-any"]`);
  put(cell, number);
  const words = row.querySelector("[name$=-excerpt]");
  if (!words.value.trim()) {
    put(words, excerpt);
  }
  return cell;
}

function take({ detail }) {
  const { kind, values, excerpt } = detail;
  const placed = {
    date: () => placeDate(values),
    place: () => placePlace(values),
    actor: () => placeActor(values),
    casualties: () => placeToll(values, excerpt),
  }[kind]?.();
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
