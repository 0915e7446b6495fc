/**
 * What is asked for: the query with its typos corrected and its words widened, and what is chosen beside it.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {"relevance" | "date" | "oldest"} Sort
 * @typedef {{query: string, sort?: Sort, limit?: number, offset?: number, filters?: Record<string, string[]>,
 *   from?: string, to?: string, undated?: boolean}} Request
 * `filters` are values of facets, chosen beside the query; `from` and `to` are dates; `undated` keeps records without one.
 * @typedef {{parsed: import("./parser.js").ParsedQuery, rest: Node[], narrowed: Map<string, Node[]>, messages: string[],
 *   corrected: string | null, offers: import("./held.js").Offer[]}} Asked
 * `narrowed` is what narrows, by field, and `rest` all else that every answer has; `offers` are numbers near to one that
 * no record has.
 */
import { correct } from "./corrections.js";
import { dayNumber, DateTrouble, isoOf, readDays } from "./dates.js";
import { offerSaid, offersFor } from "./held.js";
import { flattened, widen } from "./meaning.js";
import { parseQuery } from "./parser.js";

/** @param {import("./engine.js").Engine} engine @param {Request} request @returns {Promise<Asked>} */
export async function readRequest(engine, request) {
  const written = parseQuery(request.query);
  const messages = request.query.trim() === "" ? [] : written.messages.map((message) => message.text);
  const corrected = await correct(engine, written, messages);
  const parsed = corrected === null ? written : parseQuery(corrected);
  /** @type {Asked} */
  const asked = { parsed, rest: [], narrowed: new Map(), messages, corrected, offers: await offersFor(engine, parsed) };
  messages.push(...asked.offers.map(offerSaid));
  const root = parsed.root === null ? null : widen(parsed.root, engine.synonyms);
  for (const one of root === null ? [] : root.kind === "and" ? flattened(root.of) : [root]) {
    const field = narrowedField(one);
    if (field === null) asked.rest.push(one);
    else add(asked.narrowed, field, one);
  }
  addFilters(request, asked);
  return asked;
}

/** All that is asked for as one tree. @param {Asked} asked @returns {Node | null} */
export function rootOf({ rest, narrowed }) {
  const of = [...rest, ...[...narrowed.values()].flat()];
  return of.length === 0 ? null : { kind: "and", of };
}

/** @param {Map<string, Node[]>} narrowed @param {string} field @param {Node} node */
function add(narrowed, field, node) {
  narrowed.set(field, [...(narrowed.get(field) ?? []), node]);
}

/** What is chosen beside the query. @param {Request} request @param {Asked} asked */
function addFilters(request, asked) {
  const { messages, narrowed } = asked;
  for (const [name, values] of Object.entries(request.filters ?? {})) {
    const of = values.flatMap((value) => chosenValue(name, value));
    if (of.length === 0) continue;
    const field = name === "year" ? "date" : name;
    add(narrowed, field, of.length === 1 ? of[0] : { kind: "or", of });
  }
  const from = chosenDays(request.from ?? "", messages);
  const to = chosenDays(request.to ?? "", messages);
  const isTurned = from !== null && to !== null && from.first !== null && to.last !== null && from.first > to.last;
  if (isTurned) messages.push("the dates run backwards: searched from the earlier to the later");
  const [first, last] = isTurned ? [to.first, from.last] : [from?.first ?? null, to?.last ?? null];
  if (first !== null || last !== null) {
    add(narrowed, "date", { kind: "dates", first, last });
  }
  const dates = narrowed.get("date");
  if (request.undated && dates !== undefined) {
    narrowed.set("date", dates.map((one) => ({ kind: "or", of: [one, { kind: "dates", first: null, last: null, undated: true }] })));
  }
}

/** The days that a field of the form names, written as an index or as people do; null where it is empty or none. @param {string} written @param {string[]} messages */
function chosenDays(written, messages) {
  const text = written.trim();
  if (text === "") return null;
  const iso = isoOf(text);
  try {
    const days = readDays(iso ?? text);
    if (iso !== null) messages.push(`\`${text}\` is read as ${iso}`);
    return days;
  } catch (trouble) {
    if (!(trouble instanceof DateTrouble)) throw trouble;
    messages.push(`${trouble.message}: searched without it; ${trouble.help ?? "write a date as in 7 January 2020, January 2020, 2020 or 2019/20"}`);
    return null;
  }
}

/** A value that was chosen in a filter. @param {string} field @param {string} value @returns {Node[]} */
function chosenValue(field, value) {
  if (field !== "year") return [{ kind: "filter", field, value, column: 0 }];
  const year = /^[0-9]{1,4}$/.test(value) ? Number(value) : 0;
  return year < 1 ? [] : [{ kind: "dates", first: dayNumber(year, 1, 1), last: dayNumber(year, 12, 31) }];
}

/** The field that a node narrows by: a filter, or several of one field joined by OR. @param {Node} node @returns {string | null} */
function narrowedField(node) {
  if (node.kind === "filter") return node.field;
  if (node.kind === "dates") return "date";
  if (node.kind !== "or") return null;
  const fields = new Set(node.of.map(narrowedField));
  return fields.size === 1 ? [...fields][0] : null;
}
