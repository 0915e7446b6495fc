/**
 * What is shown of an answer: results and their number. Text is put in as text, never as HTML.
 *
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./answers.js").Hit} Hit
 */

const WHOLE = 12; // words: a passage of no more is named whole; of a longer one its first and last words
const FIRST = 8; // fewer may be a name, and stand at the top of the page too
const LAST = 4;
const RECEIPTS = "receipts/"; // behind the address of a record: the page of its receipts, where they have one

/** An element with attributes and content. @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} content */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** What is heard and not seen. @param {string} text */
export function hidden(text) {
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
    ways.append(element("a", { href: home + record.url + (snippet.origin?.apart ? RECEIPTS : "") + passageFragment(snippet) }, "Go to this passage", hidden(` of ${record.title}`)));
  }
  const copy = element("button", { type: "button", "data-cite": record.id }, "Copy citation", hidden(` of ${record.title}`));
  ways.append(copy, element("span", { class: "mb-said", role: "status" }));
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
  if (words.length <= WHOLE) return `#:~:text=${written(words)}`;
  return `#:~:text=${written(words.slice(0, FIRST))},${written(words.slice(-LAST))}`;
}
