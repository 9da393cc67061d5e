// Shows the questions that fit the aspect at once; without this the button beside the list does it.
const form = document.querySelector("[data-claim-form]");
const aspect = form?.querySelector("[name=aspect]");

function show() {
  for (const group of form.querySelectorAll("[data-aspects]")) {
    group.hidden = !group.dataset.aspects.split(" ").includes(aspect.value);
  }
}

if (aspect) {
  form.querySelector("[data-needs-no-script]").hidden = true;
  aspect.addEventListener("change", show);
}
