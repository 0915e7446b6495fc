/**
 * The search page: a form whose state is the address, results as links, and a way on where something fails.
 *
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./state.js").State} State
 */
import { Engine } from "./engine.js";
import { IndexTrouble } from "./files.js";
import { showFilters } from "./filters.js";
import { offerSaid } from "./held.js";
import { capital, countInWords, element, grouped, hidden, resultItem } from "./results.js";
import { FILTERS, PER_PAGE, isEmpty, readState, requestOf, writeState } from "./state.js";
import { download } from "./table.js";
import { words } from "./words.js";

const PAUSE = 250; // milliseconds without a key before what was typed is searched for
const PATIENCE = 600; // milliseconds before the page says that it is still looking
const NUMBER_ALONE = /^\W*([a-z]{2,6}\W*|resolution\W+)?\d[\d\W]*$/i; // only a number or a code: neither other words nor a star help it
const LATE = /^(overdue|late|outstanding|missed)$/; // asks for what dates say, and words of records do not

class SearchPage {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.home = form.dataset.home ?? "../";
    this.edition = form.dataset.edition ?? "";
    this.status = byId("mb-count");
    this.notes = byId("mb-notes");
    this.results = byId("mb-results");
    this.filters = byId("mb-filters");
    this.pages = byId("mb-pages");
    this.tools = byId("mb-tools");
    /** @type {Element} */
    this.done = byId("mb-done"); // where it was last said what came of a button, beside that one
    this.trouble = byId("mb-trouble");
    this.undated = /** @type {HTMLInputElement} */ (byId("undated"));
    /** @type {Promise<Engine> | null} */
    this.engine = null;
    /** @type {Answer | null} */
    this.answer = null;
    this.turn = 0; // of the search that is under way; what an older one finds is not shown
    this.timer = 0;
    /** @type {Map<string, string>} */
    this.names = new Map();
  }

  start() {
    this.form.dataset.running = ""; // what opened this script looks for it
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      this.toResults(this.go(this.fromForm(), true));
    });
    this.form.addEventListener("input", (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      clearTimeout(this.timer);
      if (input.type === "search" || input.type === "text") this.timer = setTimeout(() => this.go(this.fromForm(), false), PAUSE);
      else this.keepInSight(this.go(this.fromForm(), true));
    });
    const follow = (/** @type {MouseEvent} */ event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link?.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.toResults(this.go(readState(new URL(link.href).searchParams), true, true));
    };
    this.pages.addEventListener("click", follow);
    this.notes.addEventListener("click", follow);
    this.results.addEventListener("click", (event) => this.copy(event));
    byId("mb-csv").addEventListener("click", () => this.download());
    byId("mb-clear").addEventListener("click", () => {
      this.go({ ...this.fromForm(), filters: Object.fromEntries(FILTERS.map((field) => [field, []])), from: "", to: "", undated: false }, true, true);
    });
    window.addEventListener("popstate", () => this.show(this.fromAddress()));
    window.matchMedia("(min-width: 60em)").addEventListener("change", (wide) => this.fold(wide.matches));
    this.fold(window.matchMedia("(min-width: 60em)").matches);
    const asked = this.fromAddress();
    const { query } = this.fromForm();
    // While this script was on its way somebody may have typed; a box has no line breaks.
    const isTyped = query !== "" && query !== asked.query.replace(/[\r\n]/g, "");
    const shown = isTyped ? this.go({ ...asked, query, page: 1 }, false, true) : this.show(asked);
    // Who comes from the box in the header of another page has asked already, and goes on with the answer.
    const isSent = document.referrer.startsWith(`${location.origin}/`) && !isTyped && !isEmpty(asked);
    const [entry] = performance.getEntriesByType("navigation");
    if (isSent && /** @type {PerformanceNavigationTiming} */ (entry)?.type === "navigate") this.toResults(shown);
    return shown;
  }

  /** Focus goes to the results when they are there, unless something else was asked since. @param {Promise<void>} search */
  async toResults(search) {
    const { turn } = this;
    await search;
    if (turn === this.turn) byId("mb-results-heading").focus();
  }

  /** A filter far down the page may leave fewer results than reach there. @param {Promise<void>} search */
  async keepInSight(search) {
    const { turn } = this;
    await search;
    if (turn === this.turn && this.results.getBoundingClientRect().bottom < 0) byId("mb-results-heading").scrollIntoView();
  }

  /** On wide windows filters stand open beside the results. @param {boolean} isWide */
  fold(isWide) {
    byId("mb-narrow").toggleAttribute("open", isWide);
  }

  fromAddress() {
    return readState(new URLSearchParams(location.search));
  }

  /** @returns {State} */
  fromForm() {
    const given = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) given.append(name, String(value));
    return readState(given);
  }

  /** Ask for a state, and keep it in the address: as a new step of the history, or in place of the last. @param {State} state @param {boolean} isStep @param {boolean} fills */
  go(state, isStep, fills = false) {
    const address = writeState(state) || location.pathname;
    if (isStep && address !== (location.search || location.pathname)) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    if (fills) this.fill(state);
    return this.search(state);
  }

  /** Show a state that the address has: the form filled in, and its answer. @param {State} state */
  show(state) {
    this.fill(state);
    return this.search(state);
  }

  /** @param {State} state */
  fill(state) {
    for (const [name, value] of [["q", state.query], ["from", state.from], ["to", state.to], ["sort", state.sort]]) {
      const input = /** @type {HTMLInputElement | HTMLSelectElement | null} */ (this.form.elements.namedItem(name));
      if (input !== null && input.value !== value) input.value = value;
    }
    this.undated.checked = state.undated;
  }

  /** @param {State} state */
  async search(state) {
    const turn = ++this.turn;
    this.done.replaceChildren(); // what was said of another query's results
    const waiting = setTimeout(() => {
      if (turn === this.turn) this.say("Searching…");
    }, PATIENCE);
    try {
      this.engine ??= Engine.open(this.edition, fetchFile);
      this.engine.catch(() => (this.engine = null)); // another attempt begins anew
      const answer = await (await this.engine).search(requestOf(state));
      if (turn !== this.turn) return;
      this.answer = answer;
      clearTimeout(waiting);
      this.showAnswer(answer, state);
      const counts = await answer.search.facets();
      const { asked, engine } = answer.search;
      // As records have it, where it is written otherwise: all that is found is of the one type that is chosen.
      if (state.filters.type.length === 1 && answer.hits.length > 0) state.filters.type = [answer.hits[0].record.type];
      const ofCouncils = Object.keys(engine.start.councils).length > 1 || asked.narrowed.has("council");
      if (turn === this.turn) showFilters(this.filters, counts, state.filters, this.names, ofCouncils);
    } catch (error) {
      if (turn === this.turn) this.showTrouble(error);
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Said by a screen reader, once. @param {string} text */
  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** @param {Answer} answer @param {State} state */
  showAnswer(answer, state) {
    this.trouble.replaceChildren();
    this.results.removeAttribute("aria-busy");
    const first = (state.page - 1) * PER_PAGE + 1;
    const total = countInWords(answer.total, answer.isAbout);
    const range = answer.total > PER_PAGE && answer.hits.length > 0 ? `, ${grouped(first)} to ${grouped(first + answer.hits.length - 1)} shown` : "";
    const what = isEmpty(state) ? `${total}, the newest first` : answer.partial ? `${capital(total)} found in part` : `${capital(total)} found`;
    this.say(answer.total === 0 ? "No record found." : `${what}${range}.`);
    this.notes.replaceChildren(...answer.messages.map((message) => this.note(message, answer, state)));
    this.results.setAttribute("start", String(first));
    this.results.replaceChildren(...answer.hits.map((hit) => resultItem(hit, this.home)));
    const nothing = byId("mb-nothing");
    nothing.hidden = answer.total > 0;
    nothing.classList.toggle("mb-nothing--number", NUMBER_ALONE.test(state.query));
    byId("mb-late").hidden = !words(state.query).some(({ printed }) => LATE.test(printed));
    this.tools.hidden = answer.total === 0;
    const last = Math.ceil(answer.total / PER_PAGE);
    const pages = [];
    if (state.page > 1) pages.push(this.pageLink(state, state.page - 1, "Previous page"));
    if (answer.total > 0 && Math.max(last, state.page) > 1) pages.push(element("span", {}, `Page ${grouped(state.page)} of ${grouped(Math.max(last, state.page))}`));
    if (state.page < last && answer.hits.length === PER_PAGE) pages.push(this.pageLink(state, state.page + 1, "Next page"));
    this.pages.replaceChildren(...pages);
    document.title = document.title.replace(/^(?:.*? - )?Search/, state.query.trim() === "" ? "Search" : `${state.query.trim()} - Search`);
  }

  /** A message; the one about records without a date leads to them, and one about a number to the nearest. @param {string} message @param {Answer} answer @param {State} state */
  note(message, answer, state) {
    const { offers, parsed } = answer.search.asked;
    const offer = offers.find((one) => offerSaid(one) === message);
    if (offer !== undefined) {
      const links = offer.near.map((near) => {
        const query = parsed.text.slice(0, offer.start) + near + parsed.text.slice(offer.end);
        const page = offer.held?.find(({ said }) => said === near)?.url;
        return element("a", { href: page ? this.home + page : writeState({ ...state, query, page: 1 }) }, near);
      });
      const listed = links.flatMap((link, at) => (at === 0 ? [link] : [", ", link]));
      return element("li", {}, sentence(message.split(": the nearest ")[0]), " Nearest: ", ...listed, ".");
    }
    const [start, title, , days] = message.split("`");
    if (start === "who answered for ") {
      // Each of several projects of a name is told from the others by its council, which its address names.
      return element("li", {}, element("a", { href: this.home + days }, `${title}: who answered on which day`), ` (${capital(days.split("/")[2])})`);
    }
    const [said, help] = message.split(": to see ");
    if (answer.undated === 0 || help === undefined) return element("li", {}, sentence(message));
    const address = writeState({ ...state, undated: true, page: 1 });
    return element("li", { class: "mb-notes__undated" }, sentence(said), " ",
      element("a", { href: address, "data-undated": "" }, "Include records without a date"));
  }

  /** @param {State} state @param {number} page @param {string} text */
  pageLink(state, page, text) {
    return element("a", { href: writeState({ ...state, page }) || location.pathname }, text);
  }

  /** @param {unknown} error */
  showTrouble(error) {
    if (!(error instanceof IndexTrouble)) console.error(error);
    const kind = error instanceof IndexTrouble ? error.kind : "broken";
    const [what, isOld] = TROUBLES[kind] ?? TROUBLES.broken;
    const again = element("button", { type: "button" }, isOld ? "Load this page again" : "Try again");
    again.addEventListener("click", () => (isOld ? location.reload() : this.show(this.fromForm())));
    this.say("The search did not work.");
    this.results.replaceChildren();
    this.notes.replaceChildren();
    this.pages.replaceChildren();
    this.tools.hidden = true;
    byId("mb-nothing").hidden = byId("mb-late").hidden = true;
    this.trouble.replaceChildren(element("p", {}, what), element("p", {}, again, " or find records through the ",
      element("a", { href: "#mb-lists" }, "lists on this page"), "."));
  }

  /** @param {Event} event */
  async copy(event) {
    const button = event.target instanceof Element ? event.target.closest("button[data-cite]") : null;
    const hit = this.answer?.hits.find(({ record }) => record.id === button?.getAttribute("data-cite"));
    const place = button?.nextElementSibling;
    if (!place || hit === undefined) return;
    const address = new URL(this.home + hit.record.url, location.href).href;
    try {
      await navigator.clipboard.writeText(`${hit.record.citation || `${hit.record.title}.`} Record: <${address}>.`);
      this.sayOfTools(place, "Copied", hidden(` the citation of ${hit.record.title}`));
    } catch {
      this.sayOfTools(place, "Not copied: open the record to copy its citation.");
    }
  }

  /** Say beside a button what came of it, in sight. @param {Element} place @param {(Node | string)[]} said */
  sayOfTools(place, ...said) {
    this.done.replaceChildren();
    this.done = place;
    place.replaceChildren(...said);
    place.scrollIntoView({ block: "nearest" });
  }

  /** The results as a table, as many as are reasonable. */
  async download() {
    const search = this.answer?.search;
    const place = byId("mb-done");
    if (search === undefined) return;
    try {
      this.sayOfTools(place, "Preparing the table…");
      const rows = await download(search, new URL(this.home, location.href).href, () => this.answer?.search === search);
      const total = this.answer?.total ?? rows;
      if (rows > 0) this.sayOfTools(place, `The table has ${countInWords(rows, false)}${rows < total ? `, the first of ${grouped(total)}` : ""}.`);
    } catch (error) {
      this.sayOfTools(place, "The table could not be made: a part of the search index could not be fetched. Try again.");
    }
  }
}

/** What went wrong, and whether a newer copy of the page helps. @type {Record<string, [string, boolean]>} */
const TROUBLES = {
  unreachable: ["A part of the search index could not be fetched. The connection may be down.", false],
  missing: ["A part of the search index is not there. This page may be older than the site.", true],
  foreign: ["A part of the search index belongs to another version of the site.", true],
  damaged: ["A part of the search index arrived incomplete.", true],
  unsupported: ["This browser is too old to open the search index: it lacks DecompressionStream.", false],
  broken: ["The search stopped with an error of its own.", true],
};

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the search page has no #${id}`);
  return found;
}

/** @param {string} message */
function sentence(message) {
  return `${capital(message.replace(/`([^`]*)`/g, "“$1”"))}.`;
}

/** @type {import("./files.js").Fetcher} */
async function fetchFile(path, first, length, isLarge) {
  /** @type {RequestInit} */
  const range = first === undefined || length === undefined ? {} : { headers: { Range: `bytes=${first}-${first + length - 1}` } };
  const response = await fetch(path, range);
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok) throw new Error(`${response.status}`);
  const isPart = response.status === 206;
  if (isLarge && !isPart) await response.body?.cancel();
  const bytes = isLarge && !isPart ? new Uint8Array(0) : new Uint8Array(await response.arrayBuffer());
  return { bytes, isPart, sendsParts: response.headers.get("Accept-Ranges") === "bytes" };
}

const form = document.getElementById("mb-search-form");
if (form instanceof HTMLFormElement) new SearchPage(form).start();
