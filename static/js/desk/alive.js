// Notices that somebody signed in again in another tab, and takes over the new token; without this a second press does.
import { said } from "../words.js";

const form = document.querySelector("[data-alive]");
const EVERY = 3000;

async function look() {
  if (document.hidden) {
    return;
  }
  const answer = await fetch(form.dataset.alive, { headers: { Accept: "application/json" } }).catch(() => null);
  const now = answer?.ok ? await answer.json() : null;
  if (!now?.signed_in) {
    return;
  }
  form.querySelector("[name=csrfmiddlewaretoken]").value = now.csrf;
  const button = form.querySelector("[data-send-again]");
  if (!button.dataset.isReady) {
    button.dataset.isReady = "yes";
    button.textContent = said("alive", "button");
    form.querySelector("[data-alive-says]").textContent = said("alive", "ready");
  }
}

if (form) {
  look();
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
