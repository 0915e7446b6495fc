/**
 * Words that no record has, as the nearest that one has: said, and searched for instead. As `minutebook_search/corrections.py`.
 *
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./scanner.js").Leaf} Leaf
 * @typedef {{at: number, word: string, better: string}} Slip
 */
import { stemOf } from "./evaluation.js";
import { possibleCodes, QUESTION_WORDS } from "./meaning.js";
import { wanted } from "./parser.js";
import { stem } from "./stem.js";
import { compounds, plainSigns } from "./words.js";

/**
 * The query with every code and word that no record has as the nearest that one has; null where none is near.
 * @param {Engine} engine @param {import("./parser.js").ParsedQuery} asked @param {string[]} messages  to which is added what was corrected
 * @returns {Promise<string | null>}
 */
export async function correct(engine, asked, messages) {
  const typed = await codesOf(engine, asked);
  const slips = (await Promise.all(wanted(asked.root).map((leaf) => slipsOf(engine, leaf, asked.text)))).flat();
  const found = [...typed, ...slips.filter(({ at }) => !typed.some((code) => at >= code.at && at < code.at + code.word.length))];
  const inOrder = [...new Map(found.map((slip) => [slip.at, slip])).values()].sort((one, other) => one.at - other.at);
  if (inOrder.length === 0) return null;
  let text = asked.text;
  for (const { at, word, better } of [...inOrder].reverse()) text = text.slice(0, at) + better + text.slice(at + word.length);
  for (const { word, better } of inOrder) messages.push(`no record has \`${word}\`: searched for \`${better}\``);
  return text;
}

/** The codes that no document has, but for zeros left out or an O for one. @param {Engine} engine @param {import("./parser.js").ParsedQuery} asked */
async function codesOf({ lexicon }, asked) {
  /** @type {Slip[]} */
  const found = [];
  let end = 0;
  for (const code of possibleCodes(asked)) {
    if (code.start < end) continue;
    if ((await lexicon.entry(stem(code.whole))) !== null) {
      end = code.end;
      continue;
    }
    for (const [oneWord, better] of code.others) {
      if ((await lexicon.entry(stem(oneWord))) === null) continue;
      end = code.end;
      found.push({ at: code.start, word: asked.text.slice(code.start, code.end), better });
      break;
    }
  }
  return found;
}

/** The words of a leaf that no document has, with their places in the query. @param {Engine} engine @param {Leaf} leaf @param {string} query */
async function slipsOf(engine, leaf, query) {
  /** @type {Slip[]} */
  const found = [];
  if ((leaf.kind !== "word" && leaf.kind !== "phrase") || leaf.column === 0) return found;
  const { lexicon, synonyms } = engine;
  const at = leaf.kind === "phrase" ? leaf.column : leaf.column - 1;
  if (plainSigns(query).slice(at, at + leaf.text.length) !== plainSigns(leaf.text)) return found;
  for (const compound of compounds(leaf.text)) {
    if (leaf.kind === "word" && compound.length > 1 && (await lexicon.entry(stemOf(compound))) !== null) continue;
    await Promise.all(compound.map(async (token) => {
      const entry = await lexicon.entry(stemOf([token]));
      const isKnown = leaf.kind === "phrase"
        ? (entry?.forms.includes(token.printed) ?? false) || (await lexicon.isPrinted(token.printed))
        : entry !== null || synonyms.of([token.printed]).length > 0 || QUESTION_WORDS.has(token.printed);
      const better = isKnown ? null : await engine.speller.correct(token.printed);
      if (better !== null) found.push({ at: at + token.start, word: leaf.text.slice(token.start, token.end), better });
    }));
  }
  return found;
}
