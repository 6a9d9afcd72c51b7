// What page and element have in common before a place runs: what their options say, whose a link is; and what a place can
// have instead of the browser's own: a history that the host's Back does not see, and a storage that ends with the page.

// Is a value given, and one that the table of options knows?
const fits = (options, name, given) => given !== null && new RegExp(`^(?:${options[name]})$`).test(given);

// The name of somebody's own pack: that of its folder or file; blank without one.
const nameOf = (own) => (own
  ? own.pathname.replace(/\/$/, "").split("/").pop().replace(/\.json$/, "").replace(/[^\w.-]/g, "-").slice(0, 40) : "");

// May a pack come from there? From this site, from where our files are, and from the origins that are named.
const isForeign = (own, base, others) =>
  own && ![location.origin, new URL(base).origin].concat(others.split(/\s+/)).includes(own.origin);

const takesLinks = (mode) => mode === "workspace" || mode === "customer";

// A link of ours, taken out of the address at once: what it says is nobody else's. It reaches no server, because it is a
// fragment. The whole address is written: a <base> would lead a part of one elsewhere.
const takeLink = () => {
  const hash = location.hash;
  if (!/^#bsh-(invite|return)=/.test(hash)) return "";
  quietly(() => history.replaceState(quietly(() => history.state, null), "", location.href.replace(/#.*/, "")));
  return hash;
};

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
