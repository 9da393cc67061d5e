// Shows the questions that fit the aspect at once; without this the button beside the list does it.
// Works for every [data-aspect-scope], also those that are added to the page later.
function show(aspect) {
  for (const group of aspect.closest("[data-aspect-scope]").querySelectorAll("[data-aspects]")) {
    group.hidden = !group.dataset.aspects.split(" ").includes(aspect.value);
  }
}

for (const button of document.querySelectorAll(".change-aspect[data-needs-no-script]")) {
  button.hidden = true;
}
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-aspect-scope] select[name$=aspect]")) {
    show(event.target);
  }
});
