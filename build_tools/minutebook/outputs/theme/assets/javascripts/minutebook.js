// The only script of a page, and nothing needs it: it unfolds what is folded before the page is printed; it writes the whole address into a citation, that of the
// page or of the record that a list cites, and puts a button beside it that copies the words; and it leads
// from any date to the page that answers for it, for which there is a list of links as well.
for (const address of document.querySelectorAll("[data-address]"))
  address.textContent = new URL(address.dataset.address, location.href.split(/[?#]/)[0]).href;

for (const words of document.querySelectorAll(".mb-cite p")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mb-copy";
  button.textContent = "Copy the citation";
  const fold = words.closest("details"); // in a list: the button stands beside it, and says of what
  const of = fold?.querySelector("summary .mb-hidden");
  if (of) button.append(of.cloneNode(true));
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(words.textContent.replace(/\s+/g, " ").trim());
      said.textContent = "Copied.";
    } catch {
      said.textContent = "It cannot be copied here: select the words and copy them.";
    }
  });
  (fold ?? words).after(button, " ", said);
}

// On paper nothing is folded; style alone sees to it in the browsers that can.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const fold of unfolded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of unfolded) fold.open = false;
});

const make = (name, given, ...inside) => {
  const made = Object.assign(document.createElement(name), given);
  made.append(...inside);
  return made;
};

for (const place of document.querySelectorAll("[data-days]")) {
  const pages = place.dataset.days.split(" ");
  const last = place.dataset.last;
  const hint = place.querySelector("p");
  hint.id = "mb-on-hint";
  const asked = new URLSearchParams(location.search).get("on") ?? "";
  // Years of four digits: days as text stand in their order.
  const known = /^\d{4}-\d\d-\d\d$/.test(asked) && asked >= pages[0] && asked <= last;
  const box = make("input", { id: "mb-on", name: "on", type: "date", min: pages[0], max: last, required: true });
  box.value = known ? asked : place.dataset.chosen;
  box.setAttribute("aria-describedby", hint.id);
  const address = (day) => {
    const page = pages.filter((one) => one <= day).pop();
    const there = new URL(place.dataset.top, location.href.split(/[?#]/)[0]);
    if (day >= last) return there;
    const found = new URL(`${page}/`, there);
    if (page !== day) found.searchParams.set("on", day);
    return found;
  };
  const form = make("form", {}, make("label", { htmlFor: box.id }, "Who held what on another day"));
  form.append(make("div", {}, box, make("button", {}, "Show that day")), hint);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(address(box.value));
  });
  place.append(form);
  place.hidden = false;
  if (!known) continue;
  const words = new Date(`${asked}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  hint.textContent = `You asked for ${words}. This page answers for that day.`;
  if (asked > place.dataset.chosen && asked < last) {
    // The day that was asked for, wherever the page names the first of those it answers for as its own.
    const title = document.querySelector("h1");
    const was = title.textContent;
    title.textContent = `Who held what on ${words}`;
    document.title = document.title.replace(was, title.textContent);
    const day = document.querySelector(".mb-summary time");
    if (day) Object.assign(day, { textContent: words, dateTime: asked });
  }
  // An address that names a day and not the page of it, such as one that was typed.
  const there = address(asked);
  if (there.pathname !== location.pathname) location.replace(there);
}
