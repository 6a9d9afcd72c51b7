// What a place can have instead of the browser's own: a history that the host's Back does not see, and a storage that ends
// with the page.

// The entries of one running assessment. `popped` hears, in a moment, of the entry that Back leads to.
function inMemory(popped) {
  let entries = [null];
  let here = 0;
  return {
    state: () => entries[here],
    push: (entry) => {
      entries = entries.slice(0, here + 1);
      entries.push(entry);
      here += 1;
    },
    put: (entry) => { entries[here] = entry; },
    back: () => {
      if (!here) return "";
      here -= 1;
      queueMicrotask(() => popped(entries[here] || ""));
      return "x";
    },
  };
}

// As localStorage, as far as the program uses it.
function keeps() {
  const texts = new Map();
  return {
    getItem: (key) => (texts.has(key) ? texts.get(key) : null),
    setItem: (key, text) => { texts.set(key, text); },
    removeItem: (key) => { texts.delete(key); },
    key: (at) => Array.from(texts.keys())[at] ?? null,
    get length() { return texts.size; },
  };
}
