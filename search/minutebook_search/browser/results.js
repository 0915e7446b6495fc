/**
 * What is shown of an answer: results, counts, filters. Text is put in as text, never as HTML.
 *
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./answers.js").Hit} Hit
 * @typedef {import("./counts.js").FacetCounts} FacetCounts
 */

const SHOWN_VALUES = 6; // of a filter, before the rest is folded away

/** An element with attributes and content. @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} content */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** @param {string} text */
function hidden(text) {
  return element("span", { class: "mb-hidden" }, text);
}

/** A number as people write it. @param {number} number */
export function grouped(number) {
  return number.toLocaleString("en-GB");
}

/** A number of records in words. @param {number} total @param {boolean} isAbout */
export function countInWords(total, isAbout) {
  return `${isAbout ? "about " : ""}${grouped(total)} ${total === 1 ? "record" : "records"}`;
}

/** @param {string} text */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One result. @param {Hit} hit @param {string} home  the way to the root of the site */
export function resultItem({ record, snippet }, home) {
  const said = [capital(record.spoken), record.council, record.bodyName, record.outcome, record.dateShown];
  // Each once, and not what the title says: a body is its own body, and a full council has its council's name.
  const facts = [...new Set(said.filter((one) => one !== null && one !== "" && one !== record.title))];
  const item = element("li", { class: "mb-result" },
    element("h3", { class: "mb-result__title" }, element("a", { href: home + record.url }, record.title)),
    element("p", { class: "mb-result__facts" }, facts.join(" · ")));
  if (snippet.text !== "") item.append(element("p", { class: "mb-result__snippet" }, ...marked(snippet.text, snippet.marks)));
  const ways = element("p", { class: "mb-result__ways" });
  if (snippet.passage !== "") {
    ways.append(element("a", { href: home + record.url + passageFragment(snippet) }, "Go to this passage", hidden(` of ${record.title}`)));
  }
  const copy = element("button", { type: "button", "data-cite": record.id }, "Copy citation", hidden(` of ${record.title}`));
  ways.append(copy);
  item.append(ways);
  return item;
}

/** Text with what was found marked. @param {string} text @param {[number, number][]} marks @returns {(Node | string)[]} */
function marked(text, marks) {
  /** @type {(Node | string)[]} */
  const found = [];
  let at = 0;
  for (const [start, end] of marks) {
    found.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...found, text.slice(at)];
}

/**
 * A text fragment (URL Fragment Text Directives), by which a browser goes to the passage and marks it; one that does
 * not know them goes to the top of the page.
 * @param {import("./snippets.js").Snippet} snippet
 */
function passageFragment(snippet) {
  const words = snippet.passage.split(" ");
  /** @param {string[]} some */
  const written = (some) => encodeURIComponent(some.join(" ")).replaceAll("-", "%2D");
  if (words.length <= 8) return `#:~:text=${written(words)}`;
  return `#:~:text=${written(words.slice(0, 4))},${written(words.slice(-4))}`;
}

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

/**
 * Records as a table for a spreadsheet; no cell of it can be read as a formula. The columns are those of
 * `minutebook search --csv`, and the words that were searched for.
 * @param {import("./answers.js").Row[]} found @param {string} query @param {string} home  the address of the site
 */
export function asCsv(found, query, home) {
  const rows = [["id", "type", "title", "date", "council", "body", "outcome", "topics", "score", "snippet", "citation", "official page", "page", "query"]];
  for (const { record, council, score, snippet } of found) {
    rows.push([record.id, record.type, record.title, record.date ?? "", council, record.bodyName ?? "", record.outcome ?? "",
      record.topics.join("; "), String(Number(score.toFixed(4))), snippet.text, record.citation, record.officialPage, new URL(record.url, home).href, query]);
  }
  return rows.map((row) => row.map((cell) => safeCell(cell)).join(",")).join("\r\n") + "\r\n";
}

/** @param {string} text */
export function safeCell(text) {
  const line = text.split(/\s+/).join(" ");
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/.test(line) ? `'${line}` : line;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
