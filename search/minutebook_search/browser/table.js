/**
 * What readers take away: the results as a table for a spreadsheet.
 *
 * @typedef {import("./records.js").ShownRecord} ShownRecord
 * @typedef {{record: ShownRecord, council: string, snippet: import("./snippets.js").Snippet}} TableRow
 */
import { wanted } from "./parser.js";
import { capital, element } from "./results.js";
import { Finder, snippetOf } from "./snippets.js";

const MOST_ROWS = 1000; // of a table
const AT_ONCE = 8; // records that are fetched side by side
const LONGEST_NAME = 60; // characters of a file's

/**
 * Hand the results over as a file, as many as are reasonable; how many these are, 0 where they are not wanted any more.
 * @param {import("./answers.js").Search} search @param {string} home  the address of the site @param {() => boolean} isWanted
 */
export async function download(search, home, isWanted) {
  const { csv, rows } = await tableOf(search, home);
  if (!isWanted()) return 0;
  const blob = new Blob([`\ufeff${csv}`], { type: "text/csv;charset=utf-8" });
  const link = element("a", { href: URL.createObjectURL(blob), download: fileName(saidOf(search.request)) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(/** @type {HTMLAnchorElement} */ (link).href), 10000);
  return rows;
}

/** The results as a table, and how many there are in it. @param {import("./answers.js").Search} search @param {string} home  the address of the site */
export async function tableOf(search, home) {
  const found = await rowsOf(search, MOST_ROWS);
  return { csv: asCsv(found, saidOf(search.request), home), rows: found.length };
}

/** What was asked for, with what was chosen beside it, as one line. @param {import("./request.js").Request} request */
export function saidOf({ query, filters = {}, from = "", to = "" }) {
  const chosen = Object.entries(filters).flatMap(([field, values]) => values.map((value) => `${field}:${value}`));
  return [query.trim(), ...chosen, ...(from !== "" || to !== "" ? [`date:${from}..${to}`] : [])].filter((one) => one !== "").join(" ");
}

/** What a file is called: the query, as far as it makes a name. @param {string} query */
export function fileName(query) {
  const name = query.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, LONGEST_NAME).replace(/^-+|-+$/g, "");
  return `${name || "search-results"}.csv`;
}

/** The first records in order with what a table says of them, a few fetched at a time. @param {import("./answers.js").Search} search @param {number} most @returns {Promise<TableRow[]>} */
async function rowsOf(search, most) {
  search.ready = null;
  await search.prepareAll();
  const { shown } = await search.settle(0, most, most);
  const { columns, records } = search.engine;
  const { values, numbers } = await columns.facet("council");
  const finder = new Finder(wanted(search.root));
  /** @type {{number: number, record: ShownRecord}[]} */
  const found = [];
  for (let at = 0; at < shown.length; at += AT_ONCE) {
    found.push(...(await Promise.all(shown.slice(at, at + AT_ONCE).map(async (number) => ({ number, record: await records.record(number) })))));
  }
  return (search.sort === "relevance" ? search.ranked(found) : found).map(({ number, record }) => ({
    record, council: values[numbers[number] - 1]?.[1] ?? "", snippet: snippetOf(record, finder),
  }));
}

/**
 * Records as a table for a spreadsheet; no cell of it can be read as a formula. The columns are those of
 * `minutebook search --csv`, and what was asked for.
 * @param {TableRow[]} found @param {string} query @param {string} home  the address of the site
 */
function asCsv(found, query, home) {
  const rows = ["title,type,date,council,body,outcome,what was found,source document,place in source,citation,official page,page,topics,exact date,id,query".split(",")];
  for (const { record, council, snippet } of found) {
    rows.push([record.title, capital(record.spoken), record.dateShown ?? "", council, record.bodyName ?? "", record.outcome ?? "", snippet.text,
      snippet.origin?.document ?? "", snippet.origin?.place ?? "", record.citation, record.officialPage, new URL(record.url, home).href, record.topics.join("; "), record.date ?? "", record.id, query]);
  }
  return rows.map((row) => row.map((cell) => safeCell(cell)).join(",")).join("\r\n") + "\r\n";
}

/** On one line, and with an apostrophe before what would be a formula. As `minutebook/csv_tables.py`; Python calls a few signs more white space. @param {string} text */
export function safeCell(text) {
  const line = text.split(/[\s\x1c-\x1f\x85]+/).join(" ");
  const safe = /^ ?[-=+@|%\uff1d\uff0b\uff0d\uff20]/.test(line) ? `'${line}` : line;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
