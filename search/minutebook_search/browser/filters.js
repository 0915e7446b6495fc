/**
 * The filters beside the results. Text is put in as text, never as HTML.
 *
 * @typedef {import("./counts.js").FacetCounts} FacetCounts
 */
import { element, grouped, hidden } from "./results.js";

const SHOWN_VALUES = 6; // of a filter, before the rest is folded away

/**
 * The filters with their counts. What is chosen stays shown; where focus was, it is again.
 * @param {HTMLElement} place @param {FacetCounts} counts @param {Record<string, string[]>} chosen @param {Map<string, string>} names
 * @param {boolean} ofCouncils  whether which council says anything: there are several, or the query narrows by it
 */
export function showFilters(place, counts, chosen, names, ofCouncils) {
  const focused = document.activeElement?.id ?? "";
  const unfolded = new Set([...place.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-field")));
  const fieldsets = [];
  for (const [field, legend] of [["type", "Type"], ["council", "Council"], ["body", "Body"], ["outcome", "Outcome"], ["year", "Year"]]) {
    const values = [...(counts[field] ?? [])];
    for (const { value, name } of values) names.set(`${field} ${value}`, name);
    for (const value of chosen[field] ?? []) {
      if (!values.some((one) => one.value === value)) values.push({ value, name: names.get(`${field} ${value}`) ?? value, count: 0 });
    }
    if (field === "year") values.sort((one, other) => (one.value < other.value ? 1 : -1));
    if (values.length === 0 || (field === "council" && !ofCouncils)) continue;
    const isChosen = (/** @type {string} */ value) => chosen[field]?.includes(value) ?? false;
    const first = values.filter(({ value }, at) => at < SHOWN_VALUES || isChosen(value));
    const rest = values.filter((one) => !first.includes(one));
    const fieldset = element("fieldset", { class: "mb-filter" }, element("legend", {}, legend),
      ...first.map((one) => choice(field, one, isChosen(one.value))));
    if (rest.length > 0) {
      const more = element("details", { "data-field": field },
        element("summary", {}, `${grouped(rest.length)} more`, hidden(` values of ${legend.toLowerCase()}`)),
        ...rest.map((one) => choice(field, one, false)));
      if (unfolded.has(field)) more.setAttribute("open", "");
      fieldset.append(more);
    }
    fieldsets.push(fieldset);
  }
  place.replaceChildren(...fieldsets);
  if (focused !== "" && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** @param {string} field @param {{value: string, name: string, count: number}} one @param {boolean} isChosen */
function choice(field, { value, name, count }, isChosen) {
  const id = `mb-${field}-${value.replace(/[^A-Za-z0-9-]/g, "_")}`;
  const input = element("input", { type: "checkbox", name: field, value, id });
  if (isChosen) /** @type {HTMLInputElement} */ (input).checked = true;
  return element("p", { class: "mb-choice" }, input, element("label", { for: id }, name, " ",
    element("span", { class: "mb-choice__count" }, `(${grouped(count)})`)));
}
