/**
 * The first script of the search page: it opens the one that searches, which comes compressed, since plain servers do
 * not compress. That one is put into the page; the page's policy names its SHA-256, and lets nothing else in.
 *
 * Where this cannot be (the server sends a policy of its own that forbids it, the browser cannot open what is compressed,
 * or the file is not as it was made), the same script is fetched as it is. Where that fails too, the page says so.
 */

const PATIENCE = 600; // milliseconds before the page says that it is still looking

const form = document.getElementById("mb-search-form");
if (form instanceof HTMLFormElement) {
  if (location.protocol === "file:") byId("mb-file").hidden = false;
  else openSearch(form.dataset, 0);
}

/** Begin the search; `attempt` counts from 0. @param {DOMStringMap} told  by the page @param {number} attempt */
async function openSearch(told, attempt) {
  const box = /** @type {HTMLInputElement} */ (byId("q"));
  box.value ||= new URLSearchParams(location.search).get("q") ?? ""; // what was asked is there, whatever comes
  const isRunning = () => told.running !== undefined;
  const waiting = setTimeout(() => isRunning() || say("Searching…"), PATIENCE);
  let isGone = false;
  try {
    const response = await fetch(`${told.packed}`);
    isGone = response.status === 404 || response.status === 410;
    if (response.ok && response.body !== null) {
      const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
      const script = document.createElement("script");
      script.text = await new Response(stream).text();
      document.head.append(script); // runs at once, or not at all
    }
  } catch {
    // The other way is tried.
  }
  try {
    // Browsers keep in mind that an address failed: another attempt asks under another one.
    if (!isRunning()) await import(`./${told.plain}${attempt > 0 ? `?${attempt}` : ""}`);
  } catch {
    // It is not running, and that is said.
  }
  clearTimeout(waiting);
  if (!isRunning()) showTrouble(isGone, () => openSearch(told, attempt + 1));
}

/** @param {boolean} isGone @param {() => void} again */
function showTrouble(isGone, again) {
  const [what, label] = isGone
    ? ["A part of the search is not there. This page may be older than the site.", "Load this page again"]
    : ["A part of the search could not be fetched. The connection may be down.", "Try again"];
  const button = document.createElement("button");
  button.type = "button";
  button.append(label);
  button.addEventListener("click", () => {
    if (isGone) location.reload();
    else {
      place.replaceChildren();
      say("");
      again();
    }
  });
  const lists = document.createElement("a");
  lists.href = "#mb-lists";
  lists.append("lists on this page");
  const [said, way] = [document.createElement("p"), document.createElement("p")];
  said.append(what);
  way.append(button, " or find records through the ", lists, ".");
  const place = byId("mb-trouble");
  place.replaceChildren(said, way);
  say("The search did not work.");
}

/** Said by a screen reader. @param {string} text */
function say(text) {
  byId("mb-count").textContent = text;
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
