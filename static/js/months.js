// Two handles on one track of months, bound to the fields From and To; without this the two fields do it alone.
const slider = document.querySelector("[data-months]");
const NAMES = new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" });

const monthOf = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const dayOf = (month, day) => {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month % 12, day);
  return date;
};

if (slider) {
  const { form } = slider.querySelector("input");
  const [first, last] = [Number(slider.dataset.first), Number(slider.dataset.last)];
  const [from, to] = ["start", "end"].map((end) => slider.querySelector(`[data-month=${end}]`));
  const [dateFrom, dateTo] = [form.elements.date_from, form.elements.date_to];

  const show = () => {
    for (const input of [from, to]) {
      const name = NAMES.format(dayOf(Number(input.value), 1));
      input.setAttribute("aria-valuetext", name);
      slider.querySelector(`[data-month-shown=${input.dataset.month}]`).textContent = name;
    }
    // Where both handles stand at the end, the one that can still be moved lies on top.
    from.classList.toggle("is-above", Number(from.value) > (first + last) / 2);
  };
  const bind = () => {
    dateFrom.value = Number(from.value) > first ? dayOf(Number(from.value), 1).toISOString().slice(0, 10) : "";
    dateTo.value = Number(to.value) < last ? dayOf(Number(to.value) + 1, 0).toISOString().slice(0, 10) : "";
  };
  from.addEventListener("input", () => {
    from.value = Math.min(Number(from.value), Number(to.value));
    show();
    bind();
  });
  to.addEventListener("input", () => {
    to.value = Math.max(Number(from.value), Number(to.value));
    show();
    bind();
  });
  slider.addEventListener("change", () => form.dispatchEvent(new Event("months")));
  for (const [date, input, otherwise] of [[dateFrom, from, first], [dateTo, to, last]]) {
    date.addEventListener("change", () => {
      input.value = date.value ? monthOf(date.value) : otherwise;
      show();
    });
  }
  slider.hidden = false;
  show();
}
