// Adds a row to the casualty lines or the citations on the spot; without this the button asks the server for one.
for (const button of document.querySelectorAll("[data-more]")) {
  const name = button.dataset.more;
  const rows = document.querySelector(`[data-rows="${name}"]`);
  const template = rows.querySelector("template");
  const total = document.querySelector(`[name="${name}-TOTAL_FORMS"]`);
  const most = Number(document.querySelector(`[name="${name}-MAX_NUM_FORMS"]`).value);

  button.addEventListener("click", (event) => {
    event.preventDefault();
    const index = Number(total.value);
    if (index >= most) {
      return;
    }
    const holder = document.createElement("div");
    holder.append(template.content.cloneNode(true));
    holder.innerHTML = holder.innerHTML.replaceAll("__prefix__", String(index));
    const row = holder.firstElementChild;
    row.querySelector("[data-row-number]").textContent = String(index + 1);
    template.before(row);
    total.value = String(index + 1);
    row.querySelector("select, input:not([type=hidden]), textarea")?.focus();
    button.disabled = index + 1 >= most;
  });
}
