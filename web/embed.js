// Turns every <div data-bsh> of somebody's page into a frame of embed.html, which lies beside this script: options from
// data-*, the look from the page, the height from the frame, its events on the div. Nothing global, and a second copy or
// another version does no harm. A browser that is too old keeps what stands in the div.
(() => {
  "use strict";
  const doc = document;
  // Against the script and not the page: a <base> must not redirect the frame. A module has no currentScript.
  const { src } = doc.currentScript || doc.querySelector("script[src*='embed.js']") || {};
  if (!src || !doc.documentElement.replaceChildren) return;
  const TITLES = "{{titles}}";
  // Not the page's word alone: `origin` is a name that page scripts take for themselves.
  const host = window.origin !== "null" && /^http/.test(location.protocol) ? location.origin : String(window.origin);
  const listeners = new WeakMap();

  function make(div) {
    const get = (name) => div.getAttribute(`data-${name}`);
    const near = div.closest("[lang]");
    const url = new URL("embed.html", src);
    const query = url.searchParams;
    const frame = doc.createElement("iframe");
    const sandbox = get("sandbox");
    // A frame may be without an origin, by its own sandbox or by that of the page.
    const opaque = host === "null" || (sandbox !== null && !/\ballow-same-origin\b/.test(sandbox));
    let tall = 600;
    let open = false;
    let count = 0;
    let queue = [];
    let owed = new Map();

    const style = (name, value) => frame.style.setProperty(name, value, "important");
    const look = () => {
      const given = getComputedStyle(div);
      // What a page says in its head does not come down to its elements.
      const said = document.querySelector("meta[name=color-scheme]");
      const scheme = given.colorScheme === "normal" && said ? said.content : given.colorScheme;
      let theme = get("theme");
      if (!/^(auto|light|dark)$/.test(theme)) theme = /dark/.test(scheme) ? (/light/.test(scheme) ? "auto" : "dark") : "light";
      let tokens = "";
      for (const name of "{{look}}".split(" ")) {
        const value = given.getPropertyValue(`--bsh-${name}`).trim();
        if (value && !/;/.test(value)) tokens += `${name}:${value};`;
      }
      // A frame of another scheme than its document gets an opaque background.
      style("color-scheme", theme === "auto" ? "light dark" : theme);
      return { theme, tokens };
    };

    // "*" because a frame without an origin has no other address; nothing that is sent is a secret.
    const post = (type, rest) => {
      const to = frame.contentWindow;
      if (to) to.postMessage(Object.assign({ bsh: 1, type }, rest), opaque ? "*" : url.origin);
    };
    const send = (type, rest) => {
      frame.loading = "eager";
      if (open) post(type, rest);
      else queue.push([type, rest]);
    };
    const ask = (type) => new Promise((done) => {
      count += 1;
      owed.set(count, done);
      send(type, { n: count });
    });

    listeners.set(div, ({ source, origin, data }) => {
      if (source !== frame.contentWindow || !data || data.bsh !== 1) return;
      if (origin !== url.origin && !(opaque && origin === "null")) return;
      const { type, n, detail, height } = data;
      if (type === "open") {
        // A new document: what the one before was asked is answered by nobody.
        if (open) {
          for (const done of owed.values()) done(null);
          owed = new Map();
        }
        open = true;
        post("hello", look());
        for (const [what, rest] of queue) post(what, rest);
        queue = [];
      } else if (type === "height") {
        const next = Math.min(10000, Math.max(200, Math.ceil(height)));
        if (Math.abs(next - tall) < 2 || isNaN(next)) return;
        tall = next;
        style("height", `${tall}px`);
      } else if (type === "top") {
        // Another page of the questionnaire: its beginning may be above the window. Only for who is in the frame.
        if (doc.activeElement === frame && div.getBoundingClientRect().top < 0) div.scrollIntoView();
      } else if (type === "done" || type === "exported") {
        const done = owed.get(n);
        owed.delete(n);
        if (done) done(detail);
      } else if (/^(ready|start|progress|complete|error)$/.test(type)) {
        div.dispatchEvent(new CustomEvent(`bsh-${type}`, { bubbles: true, composed: true, detail: detail || {} }));
      }
    });

    for (const name of "{{names}}".split(" ")) {
      const value = get(name);
      if (value !== null) query.set(name, value);
    }
    const { theme, tokens } = look();
    query.set("theme", theme);
    if (tokens) query.set("tokens", tokens);
    if (near) query.set("host-lang", near.lang);
    query.set("host", host);

    frame.title = get("title") || TITLES.en;
    for (const code of [get("lang"), near && near.lang, navigator.language]) {
      const known = code && TITLES[code.slice(0, 2)];
      if (known && !get("title")) {
        frame.title = known;
        break;
      }
    }
    frame.allow = "clipboard-write";
    frame.loading = get("loading") === "eager" ? "eager" : "lazy";
    if (sandbox !== null) frame.setAttribute("sandbox", sandbox);
    // Set one by one by the script: a strict policy forbids style attributes. Before all else what the page's sheets say
    // of frames.
    style("all", "initial");
    style("display", "block");
    style("width", "100%");
    style("height", `${tall}px`);
    style("border", 0);
    look();
    frame.src = url.href;
    div.replaceChildren(frame);
    div.bsh = {
      reset: () => ask("reset").then((done) => done === true),
      exportResult: () => ask("export").then((detail) => detail || null),
      focus(options) {
        frame.focus(options);
        send("focus");
      },
      restyle() {
        const now = look();
        if (open) post("theme", now);
      },
    };
  }

  // While the page is being read, a div that nothing follows may not be whole.
  const scan = () => {
    for (const div of doc.querySelectorAll("[data-bsh]")) {
      if (!div.bsh && (div.nextSibling || doc.readyState !== "loading")) make(div);
    }
  };
  addEventListener("message", (event) => {
    for (const div of doc.querySelectorAll("[data-bsh]")) {
      const listener = listeners.get(div);
      if (listener) listener(event);
    }
  });
  doc.addEventListener("DOMContentLoaded", scan);
  scan();
})();
