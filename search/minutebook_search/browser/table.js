/**
 * What readers take away: the results as a table for a spreadsheet.
 *
 * @typedef {import("./records.js").Found} Found
 * @typedef {{record: Found, council: string, score: number, snippet: import("./snippets.js").Snippet}} Row
 */
import { wanted } from "./parser.js";
import { element } from "./results.js";
import { Finder, snippetOf } from "./snippets.js";

const MOST_ROWS = 1000; // of a table
const AT_ONCE = 8; // records that are fetched side by side

/**
 * Hand the results over as a file, as many as are reasonable; how many these are, 0 where they are not wanted any more.
 * @param {import("./answers.js").Search} search @param {string} home  the address of the site @param {() => boolean} isWanted
 */
export async function download(search, home, isWanted) {
  const rows = await rowsOf(search, MOST_ROWS);
  if (!isWanted()) return 0;
  const blob = new Blob([`\ufeff${asCsv(rows, search.request.query, home)}`], { type: "text/csv;charset=utf-8" });
  const link = element("a", { href: URL.createObjectURL(blob), download: "search-results.csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(/** @type {HTMLAnchorElement} */ (link).href), 10000);
  return rows.length;
}

/** The first records in order with what a table says of them, a few fetched at a time. @param {import("./answers.js").Search} search @param {number} most @returns {Promise<Row[]>} */
async function rowsOf(search, most) {
  search.ready = null;
  await search.prepareAll();
  const { shown } = await search.settle(0, most, most);
  const { columns, records } = search.engine;
  const { values, numbers } = await columns.facet("council");
  const finder = new Finder(wanted(search.root));
  /** @type {{number: number, record: Found}[]} */
  const found = [];
  for (let at = 0; at < shown.length; at += AT_ONCE) {
    found.push(...(await Promise.all(shown.slice(at, at + AT_ONCE).map(async (number) => ({ number, record: await records.record(number) })))));
  }
  return (search.sort === "relevance" ? search.ranked(found) : found).map(({ number, record }) => ({
    record, council: values[numbers[number] - 1]?.[1] ?? "", score: search.shownScores.get(number) ?? 0, snippet: snippetOf(record, finder),
  }));
}

/**
 * Records as a table for a spreadsheet; no cell of it can be read as a formula. The columns are those of
 * `minutebook search --csv`, and the words that were searched for.
 * @param {Row[]} found @param {string} query @param {string} home  the address of the site
 */
function asCsv(found, query, home) {
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
