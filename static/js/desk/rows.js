// Adds a row to a list of rows on the spot; without this the button asks the server for one.
// A list is [data-rows="PREFIX"] with a <template>; its button is [data-more="PREFIX"]. Rows may hold lists themselves.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-more]");
  if (!button) {
    return;
  }
  event.preventDefault();
  const prefix = button.dataset.more;
  const rows = document.querySelector(`[data-rows="${prefix}"]`);
  const total = document.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const most = Number(document.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
  const index = Number(total.value);
  if (index >= most) {
    return;
  }
  const template = rows.querySelector(":scope > template");
  const holder = document.createElement("div");
  holder.append(template.content.cloneNode(true));
  holder.innerHTML = holder.innerHTML.replaceAll(`${prefix}-__prefix__`, `${prefix}-${index}`);
  const row = holder.firstElementChild;
  row.querySelector("[data-row-number]").textContent = String(index + 1);
  template.before(row);
  total.value = String(index + 1);
  button.disabled = index + 1 >= most;
  row.dispatchEvent(new CustomEvent("ledger:row", { bubbles: true }));
  row.querySelector("select, input:not([type=hidden]), textarea")?.focus();
});
