/**
 * A search as the address of the page says it, and back.
 *
 * @typedef {{query: string, sort: import("./request.js").Sort, page: number, filters: Record<string, string[]>,
 *   from: string, to: string, undated: boolean}} State
 */

export const FILTERS = ["type", "council", "body", "outcome", "year"];
export const PER_PAGE = 10;
const SORTS = ["relevance", "date", "oldest"];

/** @param {URLSearchParams} given @returns {State} */
export function readState(given) {
  const sort = given.get("sort") ?? "";
  const page = Number(given.get("page") ?? "1");
  /** @type {Record<string, string[]>} */
  const filters = {};
  for (const field of FILTERS) filters[field] = [...new Set(given.getAll(field))].filter((value) => value !== "");
  return {
    query: given.get("q") ?? "",
    sort: /** @type {import("./request.js").Sort} */ (SORTS.includes(sort) ? sort : "relevance"),
    page: Number.isSafeInteger(page) && page > 1 ? Math.min(page, 100000) : 1,
    filters,
    from: given.get("from") ?? "",
    to: given.get("to") ?? "",
    undated: given.get("undated") === "1",
  };
}

/** @param {State} state @returns {string} what stands behind the address of the page; empty where nothing is asked */
export function writeState(state) {
  const written = new URLSearchParams();
  if (state.query !== "") written.set("q", state.query);
  for (const field of FILTERS) for (const value of state.filters[field] ?? []) written.append(field, value);
  if (state.from !== "") written.set("from", state.from);
  if (state.to !== "") written.set("to", state.to);
  if (state.undated) written.set("undated", "1");
  if (state.sort !== "relevance") written.set("sort", state.sort);
  if (state.page > 1) written.set("page", String(state.page));
  const text = written.toString();
  return text === "" ? "" : `?${text}`;
}

/** @param {State} state @returns {import("./request.js").Request} */
export function requestOf(state) {
  return { ...state, limit: PER_PAGE, offset: (state.page - 1) * PER_PAGE };
}

/** Whether nothing is asked, so that the page shows what is newest. @param {State} state */
export function isEmpty(state) {
  return state.query.trim() === "" && state.from === "" && state.to === "" && FILTERS.every((field) => state.filters[field].length === 0);
}
