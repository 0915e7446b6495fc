/**
 * What a query means beside its words: synonyms both ways, amounts and codes that are written in several words.
 * As `minutebook_search/query/meaning.py` has it; a test compares the two.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {import("./scanner.js").Word} Word
 */
import { spoken, words } from "./words.js";

/** Words of a question that say nothing of what is asked about; left out where no record has every word. */
export const QUESTION_WORDS = new Set(
  ("who whom whose what when where which why how is are was were be been being am do does did done has have had " +
    "can could shall should will would may might must the a an of to for in on at by with from about into and or " +
    "our ours we us i me my you your it its they them their there this that these those any some please tell show " +
    "find give list get know many much").split(" "));

// A number with a decimal fraction may be an amount whose size was left away: 1.263 is £1.263m too.
const FRACTION = /^[0-9]+\.[0-9]+$/;
const SIZES = ["k", "m", "bn"];

const ASKS = new Set(["who", "whom", "whose", "what", "when", "where", "which", "why", "how"]);

/** Whether a query is a question in a sentence: it asks who, what or when, or ends with a question mark. @param {string} query */
export function isQuestion(query) {
  const [first] = words(query);
  return query.trimEnd().endsWith("?") || (first !== undefined && ASKS.has(first.printed));
}

export class Synonyms {
  /** @param {string[][]} groups */
  constructor(groups) {
    /** @type {Map<string, Node[]>} */
    this.others = new Map();
    this.longest = 1;
    for (const group of groups) {
      /** @type {Map<string, Node>} */
      const members = new Map();
      for (const name of group) {
        const key = words(name).map((word) => word.printed);
        if (key.length > 0 && !members.has(key.join(" "))) {
          members.set(key.join(" "), { kind: key.length === 1 ? "word" : "phrase", text: name, column: 0 });
        }
        this.longest = Math.max(this.longest, key.length);
      }
      for (const key of members.keys()) {
        const known = this.others.get(key) ?? [];
        for (const [other, node] of members) {
          if (other !== key && !known.some((one) => "text" in one && "text" in node && one.text === node.text)) known.push(node);
        }
        this.others.set(key, known);
      }
    }
  }

  /** What else is said for these printed words. @param {string[]} key @returns {Node[]} */
  of(key) {
    return this.others.get(key.join(" ")) ?? [];
  }
}

/** The tree with what its words mean too beside them. @param {Node} root @param {Synonyms} synonyms @returns {Node} */
export function widen(root, synonyms) {
  if (root.kind === "word") return together(widenRow([root], synonyms));
  if (root.kind === "and") return together(conjuncts(root.of, synonyms));
  if (root.kind === "or") return { kind: "or", of: root.of.map((one) => widen(one, synonyms)) };
  if (root.kind === "not") return { kind: "not", of: widen(root.of, synonyms) };
  return root;
}

/** What an AND joins, that of an AND within it too. @param {Node[]} nodes @returns {Node[]} */
export function flattened(nodes) {
  return nodes.flatMap((one) => (one.kind === "and" ? flattened(one.of) : [one]));
}

/** @param {Node[]} nodes @param {Synonyms} synonyms @returns {Node[]} */
function conjuncts(nodes, synonyms) {
  /** @type {Node[]} */
  const found = [];
  /** @type {Word[]} */
  let run = [];
  for (const one of flattened(nodes)) {
    if (one.kind === "word") {
      run.push(one);
      continue;
    }
    found.push(...widenRow(run, synonyms), widen(one, synonyms));
    run = [];
  }
  return [...found, ...widenRow(run, synonyms)];
}

/** @param {Node[]} nodes @returns {Node} */
function together(nodes) {
  return nodes.length === 1 ? nodes[0] : { kind: "and", of: nodes };
}

/** Words in a row with what they mean: each place where they do is one of "alike". @param {Word[]} nodes @param {Synonyms} synonyms @returns {Node[]} */
function widenRow(nodes, synonyms) {
  const tokens = nodes.flatMap((node, number) => words(node.text).map((token) => ({ printed: token.printed, number })));
  const printed = tokens.map((token) => token.printed);
  /** Whether these tokens are whole words of the query, not parts of a compound. @param {number} start @param {number} end */
  const endsWords = (start, end) =>
    (start === 0 || tokens[start - 1].number < tokens[start].number) &&
    (end === tokens.length || tokens[end - 1].number < tokens[end].number);
  const joins = spoken(printed).filter(([start, end]) => endsWords(start, end) && tokens[start].number !== tokens[end - 1].number);
  /** @type {Node[]} */
  const found = [];
  let at = 0;
  while (at < tokens.length) {
    let end = at + 1;
    /** @type {Node[]} */
    let others = [];
    const here = joins.filter(([start]) => start === at).sort((one, other) => other[1] - one[1] || (other[2] > one[2] ? 1 : -1));
    const [, spokenEnd, whole] = here[0] ?? [at, at, ""];
    for (let longer = Math.min(tokens.length, at + synonyms.longest); longer > at && others.length === 0; longer--) {
      // A code or an amount of as many words goes before a synonym: ACH 21-044 is the report.
      if (longer <= spokenEnd) [end, others] = [spokenEnd, [{ kind: "word", text: whole, column: 0 }]];
      else if (endsWords(at, longer)) {
        others = synonyms.of(printed.slice(at, longer));
        if (others.length > 0) end = longer;
      }
    }
    if (others.length === 0 && endsWords(at, at + 1) && FRACTION.test(printed[at])) {
      others = SIZES.map((size) => ({ kind: "word", text: `${printed[at]}${size}`, column: 0 }));
    }
    const first = tokens[at].number;
    const after = tokens[end - 1].number + 1;
    const said = together(nodes.slice(first, after));
    found.push(others.length > 0 ? { kind: "alike", of: [said, ...others] } : said);
    at = end;
    while (at < tokens.length && tokens[at].number < after) at++;
  }
  return found;
}
