// The page, by itself or in a frame: takes what the address says, shows the start page that is in it already, and lets
// `kit` do the rest. A classic script without imports, so that it runs where modules do not. The build puts the sentences
// of the first language in here, because they must be readable when nothing else has arrived.
(() => {
  "use strict";
  //#include run.js
  //#include lead.js
  //#include place.js
  //#include frame.js
  const doc = document;
  const page = doc.documentElement;
  const me = alone ? alone.tag : doc.currentScript;
  const query = new URLSearchParams(location.search);
  const embedded = page.dataset.embed !== undefined;
  const OPTIONS = "{{options}}";
  // What the address says, where it makes sense; and before it what whoever runs this site wrote on the script.
  const option = (name) => {
    const given = me.dataset[name.replace(/-(\w)/g, (_, c) => c.toUpperCase())] ?? query.get(name);
    return fits(OPTIONS, name, given) ? given : "";
  };
  const base = alone ? alone.base : me.src;
  const parts = kit(me.dataset, base);

  // Somebody's own questions: from this site, or from where whoever runs it says.
  const own = quietly(() => option("pack") && new URL(option("pack"), location.href), "");
  const key = option("storage-key") || nameOf(own) || "default";
  const mode = option("mode") || (embedded ? "assessment" : "workspace");
  const reportTo = quietly(() => new URL(query.get("host")).host, "");

  const link = takesLinks(mode) ? takeLink() : "";

  // The address with another value in its query, and everything else as it was written.
  const mark = (name, value) => {
    const url = new URL(location.href);
    const rest = url.search.slice(1).split("&").filter((part) => part && part.split("=")[0] !== name);
    url.search = (value ? [...rest, `${name}=${value}`] : rest).join("&");
    history.replaceState(history.state, "", url.href);
  };
  // This load went past all caches: by an address that none of them knows, which web/stale.js makes too.
  const FRESH = "bsh-fresh";
  const fresh = query.has(FRESH);

  // ---- history and storage ----

  // A page has those of the browser; a frame its own, so that Back leaves the host's page as its visitor expects.
  let site;
  const travel = embedded ? inMemory((entry) => site.popped(entry)) : {
    state: () => history.state,
    push: (entry) => history.pushState(entry, ""),
    put: (entry) => history.replaceState(entry, ""),
    back: () => { history.back(); return "x"; },
  };
  // A visit that begins with an invitation keeps it in the history, in case the page has to be loaded again.
  if (link.startsWith("#bsh-invite")) quietly(() => travel.put(`invited start -\n${link}`));
  const kiosk = keeps();

  const ready = new Promise((done) => {
    if (doc.getElementById("bsh-root")) done();
    else doc.addEventListener("DOMContentLoaded", done, { once: true });
  });
  const root = () => doc.getElementById("bsh-root");

  const sheets = Object.create(null);
  const sheet = (url) => sheets[url] ||= new Promise((done, no) => {
    const element = doc.createElement("link");
    element.rel = "stylesheet";
    element.href = url;
    element.onload = done;
    element.onerror = () => { element.remove(); delete sheets[url]; no({ cause: "missing", details: [url.href] }); };
    doc.head.append(element);
  });

  let brand = null;
  const place = {
    scope: doc, html: page, root, ready, embedded, link,
    options: {
      lang: me.dataset.lang, pack: own, key, mode,
      form: option("form") || "short",
      account: option("account"),
      report: embedded && fits(OPTIONS, "report-result", query.get("report-result")) ? reportTo : "",
    },
    foreign: isForeign(own, base, me.dataset.packOrigins || ""),
    asked: query.get("lang"),
    around: query.get("host-lang") || "",
    dropzone: window,
    fault: query.get("fault"),
    started: false,
    storage: () => (mode === "kiosk" ? kiosk : localStorage),
    history: travel,
    styles: () => null,
    laterStyles: () => sheet(parts.at("laterCss")),
    brand: (rules) => quietly(() => {
      brand ||= new CSSStyleSheet();
      brand.replaceSync(`:root{${rules}}`);
      doc.adoptedStyleSheets = Array.from(doc.adoptedStyleSheets).filter((other) => other !== brand).concat([brand]);
    }),
    // The static page in the language that is spoken. The first one is in it already and has no texts for it.
    dress: (words, spoken) => {
      page.lang = spoken;
      doc.title = words["page.title"];
      doc.querySelector("meta[name=description]").content = words["page.description"];
      doc.querySelectorAll("[data-t]").forEach((element) => { element.firstChild.data = words[element.dataset.t]; });
    },
    speaks: (lang) => { page.lang = lang; },
    title: (said) => { doc.title = said; },
    top: () => {
      scrollTo(0, 0);
      if (out) out.top();
    },
    print: () => print(),
    // `once`: not asked for by anybody, so not a second time.
    again: (once) => {
      if (once && fresh) return false;
      quietly(() => mark(FRESH, Date.now().toString(36)));
      location.reload();
      return true;
    },
    // A link passed on leads to the page by itself, with the same questions.
    here: () => {
      const url = new URL(embedded ? "./" : location.pathname, location.href);
      ["pack", "storage-key"].forEach((name) => { if (query.get(name)) url.searchParams.set(name, query.get(name)); });
      return url.href;
    },
    // A reload, and a link passed on, come up in the same language.
    mark: (lang) => quietly(() => mark("lang", lang)),
    clean: (lang) => {
      // The language went with the answers.
      if (lang) place.mark(lang);
      const url = new URL(location.href);
      url.searchParams.delete("fault");
      url.hash = "";
      quietly(() => history.replaceState(null, "", url.href));
    },
    fresh: () => {
      const box = doc.createElement("div");
      box.id = "bsh-root";
      box.className = "bsh";
      if (root().dataset.theme) box.dataset.theme = root().dataset.theme;
      root().replaceWith(box);
      return box;
    },
    // Up: now it may become one that works without a network, which costs a first visit nothing.
    tell: (type) => type === "ready" && me.dataset.offline && parent === self && setTimeout(() => {
      import(new URL(me.dataset.offline, me.src)).then((part) => part.begin(mode, own)).catch(() => {});
    }, 3000),
  };
  if (alone) alone.settle(place);

  // Start was pressed before the program came.
  doc.addEventListener("submit", (event) => {
    if (root().querySelector(".bsh-app")) return;
    event.preventDefault();
    place.started = true;
    const button = doc.getElementById("bsh-go");
    if (button) button.setAttribute("aria-busy", "true");
  }, true);

  page.classList.add("bsh-booted");
  // The browser's own copy was old as well.
  if (fresh) ready.then(() => quietly(() => {
    mark(FRESH, "");
    fetch(location.href, { cache: "reload" }).catch(() => {});
  }));
  const theme = (wish) => { if (wish && wish !== "host") ready.then(() => { root().dataset.theme = wish; }); };
  theme(option("theme"));
  const out = embedded ? frame({
    query, html: page, root,
    on: { reset: () => site.reset(), exportResult: () => site.result(), focus: () => site.focus(), theme },
  }) : null;
  if (out) place.tell = (type, detail) => out.tell(type, detail);

  // The program puts a new page at its top; the browser would scroll it back to where the last one was.
  quietly(() => { history.scrollRestoration = "manual"; });
  site = parts.run(place);
  // Not painted in one language and then in another, nor with words that are not those of the pack.
  if (own || site.lang() !== parts.first) page.classList.add("bsh-turning");
  // Long enough: better words of the built-in questions than nothing at all.
  setTimeout(() => page.classList.remove("bsh-turning"), 3000);
  // Reloaded in the middle of the questions: do not flash the start page.
  if (quietly(() => travel.state() !== null, false)) page.classList.add("bsh-resuming");

  if (!embedded) addEventListener("popstate", (event) => site.popped(typeof event.state === "string" ? event.state : ""));
  // A link of ours in the address of the open page.
  addEventListener("hashchange", () => {
    const hash = takesLinks(mode) ? takeLink() : "";
    if (hash) site.link(hash);
  });
})();
