// The only script of a record's page, and nothing needs it: it writes the whole address into a citation,
// and puts a button beside it that copies the words.
for (const address of document.querySelectorAll("[data-address]"))
  address.textContent = new URL(location.href.split(/[?#]/)[0]).href;

for (const words of document.querySelectorAll(".mb-cite p")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mb-copy";
  button.textContent = "Copy the citation";
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
  words.after(button, " ", said);
}
