// A host with shortcuts: letters, digits and arrows anywhere on the page but in its own fields.
(() => {
  window.spy.shortcuts = [];
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select")) return;
    if (/^(\w|\/|\?|Arrow\w+| )$/.test(event.key)) {
      window.spy.shortcuts.push(event.key);
      if (/^Arrow/.test(event.key)) scrollBy(0, event.key === "ArrowDown" ? 400 : -400);
      event.preventDefault();
    }
  });
})();
