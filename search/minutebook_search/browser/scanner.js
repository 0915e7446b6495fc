/**
 * The signs of a query one after another: operators, parentheses, and operands that are read already.
 * The language is that of `minutebook_search/query`, which is the contract; a test compares the two.
 *
 * @typedef {{kind: "word", text: string, column: number}} Word
 * @typedef {{kind: "prefix", text: string, column: number}} Prefix
 * @typedef {{kind: "phrase", text: string, column: number}} Phrase
 * @typedef {{kind: "filter", field: string, value: string, column: number}} Filter
 * @typedef {{kind: "dates", first: number | null, last: number | null, undated?: true}} Dates
 * `undated` is `date:none`: the records that have no date of their own, and no others.
 * @typedef {{kind: "not", of: Node}} Not
 * @typedef {{kind: "and", of: Node[]} | {kind: "or", of: Node[]} | {kind: "alike", of: Node[]}} Group
 * @typedef {Word | Prefix | Phrase | Filter | Dates} Leaf
 * @typedef {Leaf | Not | Group} Node
 * @typedef {{column: number, text: string}} Message
 * @typedef {"and" | "or" | "not" | "open" | "close" | "operand"} SignKind
 * @typedef {{kind: SignKind, column: number, negated: boolean, node: Node | null, terms: number}} Sign
 */
import { readDays, DateTrouble } from "./dates.js";
import { compounds, keyOf, plainSigns, tidy } from "./words.js";

export const FIELDS = ["type", "council", "body", "outcome", "project", "topic", "date"];

const OPERATORS = new Map([["AND", "and"], ["OR", "or"], ["NOT", "not"]]);
const FIELD = /^([\p{L}\p{N}]+):([^]*)$/u;
const NOTHING = "\u2022"; // in the place of a quotation mark without its pair: no word, no space, no operator
const SHORTEST_FIELD = 2;
const NO_DATE = "none"; // the value of `date:` that stands for the records without a date

/**
 * @param {string} query
 * @param {(column: number, text: string) => void} say  takes what is left out, and why
 * @returns {Sign[]}
 */
export function scan(query, say) {
  const text = paired(plainSigns(query), say);
  /** @type {Sign[]} */
  const found = [];
  /** @param {SignKind} kind @param {number} column @param {boolean} negated @param {Node | null} node @param {number} terms */
  const add = (kind, column, negated = false, node = null, terms = 1) => {
    found.push({ kind, column, negated, node, terms });
  };
  let at = 0;
  while (at < text.length) {
    const start = at;
    while (text[at] === "-") at++;
    const negated = at > start;
    if (at === text.length || isSpace(text[at])) {
      at++;
    } else if (text[at] === "(" || text[at] === ")") {
      add(text[at] === "(" ? "open" : "close", at + 1, negated && text[at] === "(");
      at++;
    } else if (text[at] === '"') {
      const end = text.indexOf('"', at + 1);
      const inner = tidy(text.slice(at + 1, end));
      add("operand", start + 1, negated, keyOf(inner) ? { kind: "phrase", text: inner, column: at + 1 } : null);
      at = end + 1;
    } else {
      const end = endOfChunk(text, at);
      const chunk = text.slice(at, end);
      const operator = OPERATORS.get(chunk);
      if (operator !== undefined && !negated) {
        add(/** @type {SignKind} */ (operator), at + 1);
        at = end;
      } else {
        const operand = readOperand(text, chunk, at, say);
        at = operand.end;
        for (const node of operand.nodes) {
          add("operand", start + 1, negated, node, node !== null && node.kind === "and" ? node.of.length : 1);
        }
      }
    }
  }
  return found;
}

/** @param {string} sign */
function isSpace(sign) {
  return /[\s\x1c-\x1f\x85]/.test(sign) && sign !== "\ufeff";
}

/** The text with every quotation mark closed: the last one goes where their number is odd. @param {string} text @param {(column: number, text: string) => void} say */
function paired(text, say) {
  if (text.split('"').length % 2 === 1) return text;
  const at = text.lastIndexOf('"');
  say(at + 1, `unclosed quotation mark at column ${at + 1}: searched without it`);
  return text.slice(0, at) + NOTHING + text.slice(at + 1);
}

/** Where a word ends: at white space, a quotation mark, or a parenthesis that it did not open. @param {string} text @param {number} at */
function endOfChunk(text, at) {
  let opened = 0;
  for (let end = at; end < text.length; end++) {
    const sign = text[end];
    const before = text.slice(at, end);
    if (sign === "(" && end > at && !before.endsWith(":") && !OPERATORS.has(before)) opened++;
    else if (sign === ")" && opened > 0) opened--;
    else if (sign === '"' || sign === "(" || sign === ")" || isSpace(sign)) return end;
  }
  return text.length;
}

/**
 * What a chunk means, and where to go on. A filter that cannot be read is null; signs without a word are nothing.
 * @param {string} text @param {string} chunk @param {number} at @param {(column: number, text: string) => void} say
 * @returns {{nodes: (Node | null)[], end: number}}
 */
function readOperand(text, chunk, at, say) {
  let end = at + chunk.length;
  const column = at + 1;
  const match = FIELD.exec(chunk);
  if (match !== null && !/\p{Nd}/u.test(match[1]) && !match[2].startsWith("//")) {
    let value = match[2].replace(new RegExp(`^${NOTHING}+|${NOTHING}+$`, "g"), "");
    const quoted = value === "" && text[end] === '"';
    const field = fieldNamed(match[1]);
    if (field !== null) {
      if (quoted) {
        const close = text.indexOf('"', end + 1);
        value = text.slice(end + 1, close);
        end = close + 1;
      }
      return { nodes: [readFilter(field, value.replace(/[,;]+$/, ""), column, say)], end };
    }
    if (value !== "" || quoted) {
      const near = FIELDS.find((one) => isNear(one, match[1].toLowerCase()));
      const help = near === undefined ? `the fields are ${FIELDS.join(", ")}` : `did you mean \`${near}\`?`;
      say(column, `no field \`${tidy(match[1])}\` at column ${column}, searched as a word: ${help}`);
    }
  }
  const node = readWords(chunk, column, say);
  return { nodes: node === null ? [] : [node], end };
}

/** @param {string} name */
function fieldNamed(name) {
  const folded = name.toLowerCase();
  if (FIELDS.includes(folded)) return folded;
  const beginning = FIELDS.filter((field) => field.startsWith(folded));
  return beginning.length === 1 && folded.length >= SHORTEST_FIELD ? beginning[0] : null;
}

/** Whether two names are alike but for a letter more, less or other. @param {string} one @param {string} other */
export function isNear(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  return Math.max(one.length, other.length) - start - end <= 1;
}

/**
 * @param {string} field @param {string} written @param {number} column @param {(column: number, text: string) => void} say
 * @returns {Filter | Dates | null}
 */
function readFilter(field, written, column, say) {
  const value = tidy(written);
  if (value === "" || (field !== "date" && keyOf(value) === "")) {
    say(column, `no value after \`${field}:\` at column ${column}: searched without it`);
    return null;
  }
  if (field !== "date") return { kind: "filter", field, value, column };
  try {
    return readRange(value, column, say);
  } catch (trouble) {
    if (!(trouble instanceof DateTrouble)) throw trouble;
    const help = trouble.help ?? "write it as in `date:2019-11-05`, `date:2019-11` or `date:2019-11..2020-02`";
    say(column, `${trouble.message} at column ${column}: searched without it; ${help}`);
    return null;
  }
}

/** One date, two with `..` between them, or `none`. @param {string} value @param {number} column @param {(column: number, text: string) => void} say @returns {Dates} */
function readRange(value, column, say) {
  if (value.toLowerCase() === NO_DATE) return { kind: "dates", first: null, last: null, undated: true };
  const at = value.indexOf("..");
  if (at < 0 || value.includes("/..") || value.includes("../") || value.startsWith("[")) return range(value, value);
  const left = value.slice(0, at);
  const right = value.slice(at + 2);
  if (left === "" && right === "") throw new DateTrouble("no date before or after `..`");
  const found = range(left, right);
  if (found.first !== null && found.last !== null && found.first > found.last) {
    say(column, `\`${value}\` at column ${column} runs backwards: searched from \`${right}\` to \`${left}\``);
    return range(right, left);
  }
  return found;
}

/** @param {string} start @param {string} end @returns {Dates} */
function range(start, end) {
  return { kind: "dates", first: start === "" ? null : readDays(start).first, last: end === "" ? null : readDays(end).last };
}

/**
 * The words of a chunk: one, the beginning of one, or several that all must match; null where it has none.
 * @param {string} chunk @param {number} column @param {(column: number, text: string) => void} say @returns {Node | null}
 */
function readWords(chunk, column, say) {
  const tidied = tidy(chunk);
  const spans = compounds(tidied).map((compound) => ({ start: compound[0].start, end: compound[compound.length - 1].end }));
  if (spans.length === 0) return null;
  const found = spans.map(({ start, end }) => tidied.slice(start, end));
  const columns = spans.map(({ start }) => (tidied === chunk ? column + start : column));
  const lastWord = tidied.replace(/[.,;:!?']+$/, "");
  /** @type {Node[]} */
  const nodes = found.map((text, number) => ({ kind: "word", text, column: columns[number] }));
  const last = found.length - 1;
  const begins = lastWord.endsWith("*");
  if (begins) nodes[last] = { kind: "prefix", text: found[last], column: columns[last] };
  if (lastWord.replace(/\*+$/, "").includes("*")) {
    const said = [...found.slice(0, -1), found[last] + (begins ? "*" : "")].join(" ");
    say(column, `\`*\` stands within a word at column ${column}: searched as \`${said}\``);
  }
  return nodes.length > 1 ? { kind: "and", of: nodes } : nodes[0];
}
