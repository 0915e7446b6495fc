// The only script of a page, and nothing needs it: it writes the whole address into a citation, that of the
// page or of the record that a list cites, and puts a button beside it that copies the words.
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
