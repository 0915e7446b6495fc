/**
 * What a query means beside its words: synonyms both ways, amounts and codes that are written in several words.
 * As `minutebook_search/query/meaning.py` has it; a test compares the two.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {import("./scanner.js").Word} Word
 * @typedef {{start: number, end: number, whole: string, others: [string, string][]}} Code
 * What may be a code in a query: its places, it as one word, and what it may mean, each as reports mostly print it.
 */
import { wanted } from "./parser.js";
import { FEWEST_DIGITS, MOST_DIGITS, plainSigns, spoken, words } from "./words.js";

// What is asked of a project: who holds it, or answers for it.
const HOLDING = "own owns owned owner owners ownership hold holds held answers answered answerable accountable responsible".split(" ");
const ASKS = "who whom whose what when where which why how".split(" ");
/** Words of a question that say nothing of what is asked about; left out where no record has every word. */
export const QUESTION_WORDS = new Set([...HOLDING, ...ASKS,
  ...("is are was were be been being am do does did done has have had " +
    "can could shall should will would may might must the a an of to for in on at by with from about into and or " +
    "our ours we us i me my you your it its they them their there this that these those any some please tell show " +
    "find give list get know many much now today currently").split(" ")]);
const OF_A_DAY = /^(\d{1,4}(st|nd|rd|th)?|body)$/; // in `which body held it on 1 May 2020`

// A number with a decimal fraction may be an amount whose size was left away: 1.263 is £1.263m too.
const FRACTION = /^[0-9]+\.[0-9]+$/;
const SIZES = ["k", "m", "bn"];
// What may stand before a code and be no part of it: Report No. ACH21-044.
export const NUMBERED = new Set(["no", "nr", "num", "number", "ref", "reference"]);
const CODE = new RegExp(`^[a-z]{2,6}[0-9]{${FEWEST_DIGITS},${MOST_DIGITS}}$`);
// The calendar is everybody's, and stands in no knowledge base.
const MONTHS = [["Jan", "January"], ["Feb", "February"], ["Mar", "March"], ["Apr", "April"], ["Jun", "June"], ["Jul", "July"],
  ["Aug", "August"], ["Sep", "Sept", "September"], ["Oct", "October"], ["Nov", "November"], ["Dec", "December"]];
const MONTH_WORDS = new Set([...MONTHS.flat().map((name) => name.toLowerCase()), "may"]);

// A code as it may be typed from memory: letters, then groups of digits with zeros left out. What is copied from a
// scanned page has an O for 0, and an l or I for 1. As `minutebook_search/query/codes.py`.
const LETTERS = /^([a-z]{2,6})([0-9oil]*)$/;
const GROUP = /^[0-9oil]*[0-9][0-9oil]*$/;
const FEWEST_TYPED = 3; // digits; with fewer, `item 12` would be one
const MOST_TOKENS = 4; // words of a code: its letters, and three groups
const WIDEST_GROUP = 4; // digits of a group that zeros are put before
const YEAR = 2; // digits of the group that most codes of reports begin with
const BETWEEN = /^[ \t\n\xa0]*$/; // two words that may be one code

/** Whether a query is a question in a sentence: it asks who, what or when, or ends with a question mark. @param {string} query */
export function isQuestion(query) {
  const [first] = words(query);
  return query.trimEnd().endsWith("?") || (first !== undefined && ASKS.includes(first.printed));
}

/** Whether a query asks who holds something, or which body does: a date in it is the day that is meant, not words of a record. @param {string} query */
export function asksWhoHolds(query) {
  const printed = words(query).map((token) => token.printed);
  return /^(who|whom|whose|which body) /.test(`${printed.join(" ")} `) && printed.slice(1).some((word) => HOLDING.includes(word));
}

/** Whether a node says nothing of what is asked about; `ofADay` nor which day is meant. @param {Node} node @param {boolean} [ofADay] */
export function isQuestionWord(node, ofADay) {
  const said = ofADay && node.kind === "alike" ? node.of[0] : node;
  return said.kind === "word" && words(said.text).every(({ printed }) => QUESTION_WORDS.has(printed) || (ofADay && (MONTH_WORDS.has(printed) || OF_A_DAY.test(printed))));
}

export class Synonyms {
  /** @param {string[][]} groups */
  constructor(groups) {
    /** @type {Map<string, Node[]>} */
    this.others = new Map();
    this.longest = 1;
    for (const group of [...groups, ...MONTHS]) {
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
  // Feb 2020 is no code.
  const joins = spoken(printed).filter(([start, end]) => !MONTH_WORDS.has(printed[start]) && endsWords(start, end) && tokens[start].number !== tokens[end - 1].number);
  /** @type {Node[]} */
  const found = [];
  let at = 0;
  while (at < tokens.length) {
    let end = at + 1;
    /** @type {Node[]} */
    let others = [];
    if (NUMBERED.has(printed[at]) && endsWords(at, at + 1)) [end, others] = codeAfter(at + 1, tokens, joins) ?? [end, others];
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

/**
 * The code that begins with one token, in one word of the query or in several: where it ends, and it as one word; null for none.
 * @param {number} at @param {{printed: string, number: number}[]} tokens @param {[number, number, string][]} joins @returns {[number, Node[]] | null}
 */
function codeAfter(at, tokens, joins) {
  if (at >= tokens.length) return null;
  let end = at + 1;
  while (end < tokens.length && tokens[end].number === tokens[at].number) end++;
  /** @type {[number, string][]} */
  const found = [[end, tokens.slice(at, end).map((one) => one.printed).join("")]];
  for (const [start, after, whole] of joins) if (start === at) found.push([after, whole]);
  const fit = found.filter(([, whole]) => CODE.test(whole)).sort((one, other) => other[0] - one[0] || (other[1] > one[1] ? 1 : -1));
  return fit.length > 0 ? [fit[0][0], [{ kind: "word", text: fit[0][1], column: 0 }]] : null;
}

/** What may be a code in the words and phrases of a query, from left to right, the longest first. @param {import("./parser.js").ParsedQuery} asked @returns {Code[]} */
export function possibleCodes(asked) {
  /** @type {Code[]} */
  const found = [];
  for (const [start, end] of rows(asked)) {
    const text = asked.text.slice(start, end);
    const tokens = words(text);
    for (let at = 0; at < tokens.length; at++) {
      for (let after = Math.min(tokens.length, at + MOST_TOKENS); after > at; after--) {
        const code = codeOf(text, tokens.slice(at, after), start);
        if (code !== null) found.push(code);
      }
    }
  }
  return found;
}

/** Where in the query words stand that follow one another with nothing but space between; each phrase alone. @param {import("./parser.js").ParsedQuery} asked */
export function rows(asked) {
  /** @type {[number, number][]} */
  const found = [];
  let isWord = false;
  for (const leaf of wanted(asked.root)) {
    if ((leaf.kind !== "word" && leaf.kind !== "phrase") || leaf.column === 0) continue;
    const start = leaf.kind === "word" ? leaf.column - 1 : leaf.column;
    const end = start + leaf.text.length;
    if (plainSigns(asked.text.slice(start, end)) !== plainSigns(leaf.text)) continue;
    const last = found[found.length - 1];
    if (last !== undefined && isWord && leaf.kind === "word" && BETWEEN.test(asked.text.slice(last[1], start))) last[1] = end;
    else found.push([start, end]);
    isWord = leaf.kind === "word";
  }
  return found;
}

/** These words of a text as a code; null where they are none. @param {string} text @param {import("./words.js").Token[]} tokens @param {number} offset @returns {Code | null} */
function codeOf(text, tokens, offset) {
  if (tokens.some((one) => text.slice(one.start, one.end).toLowerCase() !== one.printed)) return null;
  const begins = LETTERS.exec(tokens[0].printed);
  if (begins === null) return null;
  const [, letters, rest] = begins;
  const first = tokens[0].start + letters.length;
  const groups = tokens.slice(1).flatMap((one) => // 21.044 is one word, a number with a fraction
    [...one.printed.matchAll(/[^.]+/g)].map((piece) => ({ place: one.start + piece.index, group: piece[0] })));
  if (rest !== "") groups.unshift({ place: first, group: rest });
  const digits = groups.reduce((sum, { group }) => sum + group.length, 0);
  if (digits < FEWEST_TYPED || digits > MOST_DIGITS || !groups.every(({ group }) => GROUP.test(group))) return null;
  /** @type {{extra: number, word: string, said: string}[]} */
  const found = [];
  for (const parts of [groups, ...cutInTwo(groups)]) {
    const short = parts.map(({ group }) => group.replaceAll("o", "0").replace(/[il]/g, "1").replace(/^0+/, "") || "0");
    /** @type {string[][]} */
    let filled = [[]];
    for (const one of short) {
      const padded = Array.from({ length: Math.max(1, WIDEST_GROUP - one.length + 1) }, (_, zeros) => "0".repeat(zeros) + one);
      filled = filled.flatMap((before) => padded.map((other) => [...before, other]));
    }
    for (const better of filled) {
      const size = better.join("").length;
      if (size < FEWEST_DIGITS || size > MOST_DIGITS) continue;
      // A zero is left out after the sign sooner than before the year, and most cuts are after the year.
      const odd = parts === groups ? 0 : (better[0].length !== YEAR ? 2 : 0) + (better[0] !== short[0] ? 1 : 0);
      found.push({ extra: 4 * Math.abs(size - digits) + odd, word: letters + better.join(""), said: letters.toUpperCase() + better.join("-") });
    }
  }
  found.sort((one, other) => one.extra - other.extra); // equals stay as they are
  const whole = tokens.map((one) => one.printed).join("");
  /** @type {Map<string, string>} */
  const others = new Map();
  for (const { word, said } of found) if (word !== whole && !others.has(word)) others.set(word, said);
  return { start: offset + tokens[0].start, end: offset + tokens[tokens.length - 1].end, whole, others: [...others] };
}

/** What digits without a sign between them may have been: 21 and 44 where 2144 was typed for 21-044. @param {{place: number, group: string}[]} groups */
function cutInTwo(groups) {
  if (groups.length !== 1) return [];
  const [{ place, group }] = groups;
  return Array.from({ length: group.length - 1 }, (_, before) => [
    { place, group: group.slice(0, before + 1) },
    { place: place + before + 1, group: group.slice(before + 1) },
  ]);
}
