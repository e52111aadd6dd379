// Keys of the review page. A key presses what stands on the page, and nothing else: without this file everything works.
// On pages that are only read no key decides anything.
(() => {
  "use strict";
  if (!document.querySelector("article.review [data-key]")) return;
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target;
    if (at instanceof HTMLElement && at.closest("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") at.blur();
      return;
    }
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
    if (wanted.matches("summary")) {
      const first = wanted.parentElement.querySelector("input, select, textarea");
      if (wanted.parentElement.open && first) first.focus();
    }
  });
})();
