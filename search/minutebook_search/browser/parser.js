/**
 * Signs to a tree: read with a stack of open groups, as `minutebook_search/query/parser.py` does. Never fails.
 *
 * @typedef {import("./scanner.js").Node} Node
 * @typedef {import("./scanner.js").Leaf} Leaf
 * @typedef {import("./scanner.js").Sign} Sign
 * @typedef {import("./scanner.js").Message} Message
 * @typedef {{text: string, root: Node | null, messages: Message[]}} ParsedQuery
 */
import { scan } from "./scanner.js";

const MAX_LENGTH = 1000; // characters
const MAX_TERMS = 100; // words, phrases and filters
const MAX_DEPTH = 20; // parentheses within parentheses

/** A query, or what stands between two parentheses, as far as it has been read. */
class OpenGroup {
  /** @param {number} column @param {boolean} negated */
  constructor(column, negated) {
    this.column = column;
    this.negated = negated;
    /** @type {Node[]} */
    this.found = [];
    this.joins = false; // the last of `found` is an OR of this group, which another OR makes longer
    /** @type {Sign | null} */
    this.operator = null; // an OR that waits for what follows it
    /** @type {Sign | null} */
    this.negation = null; // a NOT that does
    this.saysAnd = false;
    this.saysOr = false;
  }

  /** @param {Node} node @param {boolean} negated */
  add(node, negated) {
    let added = node;
    if (negated !== (this.negation !== null)) added = node.kind === "not" ? node.of : { kind: "not", of: node };
    this.negation = null;
    if (this.operator === null) {
      this.found.push(added);
      this.joins = false;
      return;
    }
    const before = /** @type {Node} */ (this.found.pop());
    const earlier = this.joins && before.kind === "or" ? before.of : [before];
    this.found.push({ kind: "or", of: [...earlier, added] });
    this.joins = true;
    this.operator = null;
  }

  /** Let the operators before something that is left out go with it, or they would take what follows. */
  passOver() {
    this.operator = null;
    this.negation = null;
  }
}

class QueryParser {
  constructor() {
    /** @type {Message[]} */
    this.messages = [];
    this.groups = [new OpenGroup(0, false)];
    this.terms = 0;
    this.tooDeep = 0; // parentheses open beyond the limit, whose content is left out
  }

  /** @param {number} column @param {string} text */
  say(column, text) {
    this.messages.push({ column, text });
  }

  get group() {
    return this.groups[this.groups.length - 1];
  }

  /** @param {string} query @returns {Node | null} */
  read(query) {
    for (const sign of scan(this.cut(query), (column, text) => this.say(column, text))) {
      if (this.tooDeep > 0) {
        this.tooDeep += sign.kind === "open" ? 1 : sign.kind === "close" ? -1 : 0;
        if (this.tooDeep === 0) this.group.passOver();
      } else if (sign.kind === "open") this.open(sign);
      else if (sign.kind === "close") this.close(sign);
      else if (sign.kind === "operand") this.add(sign);
      else this.operate(sign);
    }
    const unclosed = this.groups.length - 1;
    if (unclosed > 0) {
      const column = this.groups[1].column;
      const what = unclosed === 1 ? "unclosed parenthesis" : `${unclosed} unclosed parentheses, the first`;
      this.say(column, `${what} at column ${column}: read as closed at the end`);
    }
    while (this.groups.length > 1) this.endGroup();
    return this.joined(this.groups[0]);
  }

  /** @param {string} query */
  cut(query) {
    if (query.length <= MAX_LENGTH) return query;
    let cut = query.slice(0, MAX_LENGTH);
    if (!/\s/.test(query[MAX_LENGTH])) cut = cut.replace(/\s\S*$/, ""); // the beginning of a word is another word
    const said = `the query is longer than ${MAX_LENGTH.toLocaleString("en-GB")} characters`;
    this.say(cut.length + 1, `${said}: what follows column ${cut.length} is left out`);
    return cut;
  }

  /** @param {Sign} sign */
  open(sign) {
    if (this.groups.length > MAX_DEPTH) {
      this.tooDeep = 1;
      this.say(sign.column,
        `parentheses stand more than ${MAX_DEPTH} deep at column ${sign.column}: searched without what is in them`);
      return;
    }
    this.groups.push(new OpenGroup(sign.column, sign.negated));
  }

  /** @param {Sign} sign */
  close(sign) {
    if (this.groups.length === 1) this.say(sign.column, `no parenthesis is open at column ${sign.column}: searched without it`);
    else this.endGroup();
  }

  endGroup() {
    const group = /** @type {OpenGroup} */ (this.groups.pop());
    const node = this.joined(group);
    if (node !== null) this.group.add(node, group.negated);
    else this.group.passOver();
  }

  /** @param {Sign} sign */
  add(sign) {
    const before = this.terms;
    this.terms += sign.terms;
    if (this.terms <= MAX_TERMS && sign.node !== null) {
      this.group.add(sign.node, sign.negated);
      return;
    }
    this.group.passOver();
    if (before <= MAX_TERMS && this.terms > MAX_TERMS) {
      this.say(sign.column, `the query has more than ${MAX_TERMS} terms: what follows from column ${sign.column} is left out`);
    }
  }

  /** @param {Sign} sign */
  operate(sign) {
    const group = this.group;
    if (sign.kind === "not") {
      group.negation = group.negation === null ? sign : null;
      return;
    }
    this.dropNegation(group);
    if (sign.kind === "and") group.saysAnd = true;
    else if (group.found.length === 0 || group.operator !== null) {
      this.say(sign.column, `nothing stands before \`OR\` at column ${sign.column}: searched without it`);
    } else {
      group.saysOr = true;
      group.operator = sign;
    }
  }

  /** @param {OpenGroup} group */
  dropNegation(group) {
    if (group.negation === null) return;
    const column = group.negation.column;
    this.say(column, `nothing follows \`NOT\` at column ${column}: searched without it`);
    group.negation = null;
  }

  /** @param {OpenGroup} group @returns {Node | null} */
  joined(group) {
    this.dropNegation(group);
    if (group.operator !== null) {
      const column = group.operator.column;
      this.say(column, `nothing follows \`OR\` at column ${column}: searched without it`);
    }
    if (group.saysAnd && group.saysOr) {
      this.say(group.column || 1,
        "`OR` joins only what stands on its two sides, before `AND` does: use parentheses to say otherwise");
    }
    if (group.found.length === 0) return null;
    return group.found.length === 1 ? group.found[0] : { kind: "and", of: group.found };
  }
}

/** Read a query; `messages` say what was left out, and why. @param {string} query @returns {ParsedQuery} */
export function parseQuery(query) {
  const parser = new QueryParser();
  const root = parser.read(query);
  const messages = parser.messages.sort((one, other) => one.column - other.column);
  if (root === null) messages.push({ column: 1, text: "no word to search for" });
  return { text: query, root, messages };
}

/** The leaves that a record is found by: those under no NOT, from left to right. @param {Node | null} root @returns {Leaf[]} */
export function wanted(root) {
  if (root === null || root.kind === "not") return [];
  if (root.kind === "and" || root.kind === "or" || root.kind === "alike") return root.of.flatMap(wanted);
  return [root];
}
