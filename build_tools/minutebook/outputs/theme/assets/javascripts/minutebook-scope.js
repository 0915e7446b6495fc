// Material's first script, as a file: the policy in main.html runs no script that stands in a page.
// What is remembered for a reader (the colours) is kept under the address of this site, two folders up.
window.__md_scope = new URL("../..", document.currentScript.src);
window.__md_hash = (text) => [...text].reduce((sum, one) => (sum << 5) - sum + one.charCodeAt(0), 0);
window.__md_get = (key, storage = localStorage, scope = window.__md_scope) =>
  JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
window.__md_set = (key, value, storage = localStorage, scope = window.__md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing shows the colours of the system.
  }
};
