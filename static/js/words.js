/* The sentences of scripts. They stand in the page, in its language: <template data-words="NAME"> with an element
   [data-say="KEY"] for each. A sentence that counts has several, of which each says for what number it is (data-count):
   the one for a number of the same plural is taken. %(places)s are filled in. */
const spoken = document.documentElement.lang;
const plural = new Intl.PluralRules(spoken);
const numbers = new Intl.NumberFormat(spoken);

/** A copy of the element that says it, filled with `values`: texts, or numbers to be written as the language does. */
export function phrase(name, key, values = {}) {
  const { content } = document.querySelector(`template[data-words="${name}"]`);
  const ways = [...content.querySelectorAll(`[data-say="${key}"]`)];
  const isAlike = (one) => plural.select(Number(one.dataset.count)) === plural.select(values.count);
  const copy = document.importNode(ways.find((one) => "count" in values && isAlike(one)) ?? ways.at(-1), true);
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(/%\((\w+)\)s/g, (place, of) => written(values[of] ?? place));
  }
  return copy;
}

/** The same as a text. */
export function said(name, key, values) {
  return phrase(name, key, values).textContent.trim();
}

function written(value) {
  return typeof value === "number" ? numbers.format(value) : value;
}
