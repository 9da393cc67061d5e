// Puts a ready sentence into the text area, where it can be changed; without this the server uses it if nothing is written.
for (const select of document.querySelectorAll("[data-phrases]")) {
  const area = select.form.querySelector(`[name="${select.dataset.phrases}"]`);
  select.addEventListener("change", () => {
    if (select.value) {
      area.value = [area.value.trim(), select.value].filter(Boolean).join(" ");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      select.value = "";
    }
  });
}
