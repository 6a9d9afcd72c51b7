// Fetches the program and hands it the page; says in plain words why when that fails or when the program crashes.
// A classic script without imports, so that it runs where modules do not. The sentences live here
// because they must be readable when nothing else has arrived. No innerHTML: Trusted Types are enforced.
(() => {
  "use strict";
  const doc = document;
  const page = doc.documentElement;
  const me = doc.currentScript;
  // Against the script and not the document: a <base> on the page must not redirect the program's files.
  const at = (key) => new URL(me.dataset[key], me.src);
  const limit = +me.dataset.timeout || 20000;
  const KEY = "default";
  const DRAFT = `bsh:draft:${KEY}`;
  const ASIDE = `bsh:aside:${KEY}`;
  const CRASHES = "bsh:crashes";

  const byId = (id) => doc.getElementById(id);
  const root = () => byId("bsh-root");
  const text = (id) => (byId(id) || { value: "" }).value;
  // Storage and history may be refused outright (sandboxed frames, blocked site data).
  const quietly = (work, otherwise) => {
    try { return work(); } catch { return otherwise; }
  };

  // A retry asks the network anew and waits longer.
  let tries = 0;
  // Start was pressed before the program came.
  let start = false;
  let mounted = false;
  let dead = false;
  // The newest answers, for a browser that stores nothing.
  let latest = "";
  let kept = true;
  // The static page while a panel stands in its place.
  let asleep = null;
  let focused = "";

  const ready = new Promise((done) => {
    if (root()) done();
    else doc.addEventListener("DOMContentLoaded", done, { once: true });
  });

  // ---- what went wrong, in words ----

  const fault = (cause, ...details) => ({ cause, details });
  const file = (url) => url.pathname.split("/").pop();
  const reload = ["Reload", () => location.reload()];
  const retry = ["Retry", () => {
    root().replaceChildren(...asleep);
    asleep = null;
    tries += 1;
    (byId(focused) || doc.querySelector("h1")).focus();
    load();
  }];

  // Cause: heading, what to do, buttons, a line to copy.
  const WORDS = {
    file: ["This page was opened as a file", "Browsers do not run a program from a folder: open the page from a web address. If you have its files, start a small web server in their folder, for instance:", [], "python3 -m http.server"],
    "no-wasm": ["Your browser has WebAssembly switched off", "The questionnaire cannot run without it. On an iPhone, iPad or Mac: switch Lockdown Mode off for this website. In Edge: switch enhanced security off for this website. Elsewhere: update the browser or use another one.", [reload]],
    csp: ["A security policy blocks the program", "The Content-Security-Policy of this website does not let WebAssembly run. Whoever looks after the website has to add this directive:", [reload], "script-src 'self' 'wasm-unsafe-eval'"],
    missing: ["A file of this page could not be fetched", "Check your connection, and whether an ad blocker or a company filter stops this website. If it stays like this, the website was not fully uploaded.", [retry, reload]],
    html: ["The server sent a page of text instead of the program", "Perhaps a sign-in page of your network came between, or the website has just changed: reload. If it stays like this, the file is missing on the server.", [reload]],
    truncated: ["The program arrived damaged or incomplete", "Try again. If it stays like this, update your browser; if that does not help, the files on the server do not belong together.", [retry, reload]],
    timeout: ["The program takes too long to arrive", "Your connection is slow or has stalled. What you typed is kept, and each retry waits twice as long.", [retry]],
    pack: ["The questions could not be read", "Their file is damaged or belongs to another version of the program: reload. If it stays like this, the website has to be uploaded again.", [reload]],
  };

  const make = (tag, words, name) => {
    const element = doc.createElement(tag);
    if (words) element.textContent = words;
    if (name) element.className = name;
    return element;
  };

  const panel = (cause, [title, words, buttons, code], details) => {
    const box = make("div", "", "bsh-panel");
    box.setAttribute("role", "alert");
    box.dataset.cause = cause;
    const heading = make("h1", title);
    heading.tabIndex = -1;
    box.append(heading, make("p", words));
    if (code) box.append(make("pre", code));
    const row = make("div", "", "bsh-panel-buttons");
    buttons.forEach(([label, act], i) => {
      const button = make("button", label, i ? "bsh-secondary" : "bsh-primary");
      button.type = "button";
      button.addEventListener("click", act);
      row.append(button);
    });
    if (buttons.length) box.append(row);
    for (const detail of details) if (detail) box.append(make("p", detail, "bsh-panel-detail"));
    const main = make("main");
    main.append(box);
    page.classList.remove("bsh-resuming");
    return [main, heading];
  };

  // ---- fetching ----

  async function get(url, signal) {
    let answer;
    try {
      // A retry goes past a broken copy in the cache.
      answer = await fetch(url, { signal, cache: tries ? "reload" : "default" });
    } catch (error) {
      throw fault("missing", navigator.onLine ? "" : "Your device says it is offline.", `${file(url)}: ${error.message}`);
    }
    if (!answer.ok) throw fault("missing", `${file(url)}: the server answered ${answer.status}`);
    let bytes;
    try {
      bytes = new Uint8Array(await answer.arrayBuffer());
    } catch (error) {
      throw fault("truncated", `${file(url)}: ${error.message}`);
    }
    const due = answer.headers.get("content-length");
    if (due && !answer.headers.get("content-encoding") && +due !== bytes.length) {
      throw fault("truncated", `${file(url)}: ${bytes.length} of ${due} bytes`);
    }
    const head = new TextDecoder().decode(bytes.subarray(0, 64));
    if (/^\s*</.test(head)) throw fault("html", file(url));
    return [bytes, head];
  }

  async function program(signal) {
    const url = at("wasm");
    const [bytes, head] = await get(url, signal);
    if (!head.startsWith("\0asm")) {
      // Words without a tag (a plain "Not found", a pointer of a large-file store) are a wrong answer too.
      throw fault(/^[^\0-\x08\x0e-\x1f\ufffd]+$/.test(head) ? "html" : "truncated", `${file(url)} is not a program`);
    }
    // From bytes, not streamed: hosts that send wasm under another type would need this second way anyway.
    return WebAssembly.compile(bytes).catch((error) => { throw fault("truncated", `${file(url)}: ${error.message}`); });
  }

  async function glue(signal) {
    const url = at("js");
    // A browser may remember a failed import for the life of the page: another address for another try.
    if (tries) url.searchParams.set("retry", tries);
    try {
      return await import(url.href);
    } catch (error) {
      // import() does not say why. Ask again as plain text, which does.
      await get(url, signal);
      throw fault("truncated", `${file(url)}: ${error.message}`);
    }
  }

  async function questions(signal) {
    const url = at("pack");
    const [bytes, head] = await get(url, signal);
    if (!head.startsWith("bsh-pack\t")) throw fault("pack", `${file(url)} does not hold questions`);
    return new TextDecoder().decode(bytes);
  }

  function able() {
    if (location.protocol === "file:") throw fault("file");
    if (typeof WebAssembly !== "object") throw fault("no-wasm");
    try {
      // The smallest module there is, made at once: a policy without 'wasm-unsafe-eval' throws here and not later.
      // WebKit asks the policy when the module is put to use, the others when it is made.
      new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
    } catch (error) {
      throw fault("csp", error.message);
    }
  }

  async function load() {
    const abort = new AbortController();
    const wait = make("p", "", "bsh-wait");
    wait.setAttribute("role", "status");
    const timers = [];
    const tooLong = new Promise((_, no) => timers.push(
      setTimeout(() => { no(fault("timeout")); abort.abort(); }, limit * 2 ** tries),
      setTimeout(() => { wait.textContent = "Still loading\u2026"; }, 4000)));
    try {
      able();
      const all = Promise.all([glue(abort.signal), program(abort.signal), questions(abort.signal)]);
      ready.then(() => { if (!mounted && !asleep) root().append(wait); });
      const [mods, module, pack] = await Promise.race([all, tooLong]);
      await ready;
      await Promise.race([mods.default({ module_or_path: module }), tooLong]);
      timers.forEach(clearTimeout);
      await mount(mods, pack);
    } catch (error) {
      timers.forEach(clearTimeout);
      abort.abort();
      await ready;
      wait.remove();
      if (dead) return;
      if (fatal(error)) return crash(String(error));
      // Anything unforeseen is glue and program that do not fit each other.
      const { cause, details } = error.details ? error : fault("truncated", String(error));
      // Kept, with all that was typed, for a retry.
      focused = doc.activeElement.id;
      asleep = [...root().childNodes];
      const [main, heading] = panel(cause, WORDS[cause], details);
      root().replaceChildren(main);
      heading.focus();
    }
  }

  // ---- handing over ----

  doc.addEventListener("submit", (event) => {
    if (mounted) return;
    event.preventDefault();
    start = true;
    const button = byId("bsh-go");
    if (button) button.setAttribute("aria-busy", "true");
  }, true);

  // What a script says in a line and the program would need many bindings for.
  const host = (verb, one, two) => {
    const date = new Date(verb === "day" ? `${one}T00:00` : Date.now());
    if (verb === "save") return save(two, one);
    if (verb === "day") return isNaN(date) ? one : date.toLocaleDateString(two, { dateStyle: "medium" });
    return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  };

  async function mount(mods, pack) {
    const place = root();
    const old = byId("bsh-open");
    const active = place.contains(doc.activeElement) ? doc.activeElement : null;
    const caret = active && quietly(() => [active.selectionStart, active.selectionEnd], null);
    const focus = active && !start ? active.id : "";
    const options = {
      pack, key: KEY, start, focus,
      account: text("bsh-account"),
      part: text("bsh-part"),
      form: (doc.querySelector("input[name=bsh-form]:checked") || { value: "short" }).value,
      file: (old && old.files[0]) || null,
      fault: new URLSearchParams(location.search).get("fault") || "",
      onSave: (all, stored = true) => {
        if (dead) return;
        [latest, kept] = [all, stored];
        // Answers that live in this tab alone do not leave it without a question.
        window.onbeforeunload = all && !stored ? (event) => event.preventDefault() : null;
      },
      onCrash: crash,
      host,
    };
    mounted = true;
    // The program puts a new page at its top; the browser would scroll it back to where the last one was.
    quietly(() => { history.scrollRestoration = "manual"; });
    place.replaceChildren();
    try {
      mods.mount(place, options);
    } catch (error) {
      mounted = false;
      throw fatal(error) || dead ? error : fault("pack", String((error && error.message) || error));
    }
    // Yew draws in a microtask; wait for it without letting the browser paint an empty page.
    for (let i = 0; i < 99 && !place.firstChild; i++) await null;
    page.classList.remove("bsh-resuming");
    // The file dialog may have been open while its input was replaced: pass the choice on.
    if (old) old.addEventListener("change", () => {
      const now = byId("bsh-open");
      if (!now || now === old) return;
      now.files = old.files;
      now.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const target = focus && byId(focus);
    if (target && doc.activeElement === doc.body) {
      target.focus({ preventScroll: true });
      if (caret && caret[0] !== null) quietly(() => target.setSelectionRange(...caret));
    }
  }

  // ---- when the program crashes ----

  // A trap, or a stack overflow inside the program: it cannot be trusted with another call.
  function fatal(error) {
    return error instanceof Error && typeof WebAssembly === "object" && (error instanceof WebAssembly.RuntimeError
      || (/^(RangeError|InternalError)$/.test(error.name) && /wasm/.test(error.stack)));
  }

  function crash(message) {
    if (dead) return;
    dead = true;
    window.onbeforeunload = null;
    // This may be called from inside the program: touch the page once its stack is gone.
    queueMicrotask(() => ready.then(() => crashed(message)));
  }

  function crashed(message) {
    const early = performance.now() < 60000;
    const count = quietly(() => {
      const n = early ? 1 + +sessionStorage.getItem(CRASHES) : 1;
      sessionStorage.setItem(CRASHES, n);
      return n;
    }, 1);
    const stored = quietly(() => localStorage.getItem(DRAFT), null);
    const answers = latest || stored;
    const download = ["Download my answers", () => save(answers)];
    const clean = ["Start clean", () => startClean(stored)];
    const loop = count > 2;
    const words = ["A fault in the program stopped it.",
      stored && kept ? "Your answers are saved in this browser, up to the last one."
        : answers ? "Your last answers could not be stored in this browser: download them first. You can open the file on the start page."
          : "No answers were saved yet.",
      loop ? "Reloading does not help." : "Reload to go on. If it stops again:",
      "Start clean begins anew and puts the saved answers aside."].join(" ");
    const buttons = loop ? [clean] : [reload, clean];
    if (answers) buttons.splice(1, 0, download);
    const [main, heading] = panel("crash", ["The program has stopped", words, buttons], [message && `For a report: ${message}`.slice(0, 500)]);
    // A fresh root: the old one carries the dead program's listeners.
    const fresh = make("div", "", "bsh");
    fresh.id = "bsh-root";
    fresh.append(main);
    root().replaceWith(fresh);
    heading.focus();
  }

  function save(words, name = "bsh-answers.txt") {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([words], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function startClean(stored) {
    quietly(() => {
      if (stored !== null) {
        // Room first, so that a full store can take the copy; one copy is kept.
        localStorage.removeItem(ASIDE);
        localStorage.removeItem(DRAFT);
        try { localStorage.setItem(ASIDE, stored); } catch { save(stored); }
      }
    });
    quietly(() => sessionStorage.removeItem(CRASHES));
    const url = new URL(location.href);
    url.searchParams.delete("fault");
    url.hash = "";
    quietly(() => history.replaceState(null, "", url.href));
    location.reload();
  }

  // The dead program still has listeners on window and document, and one of them could save a broken state.
  // These came first and stand in front of them.
  for (const type of ["pagehide", "beforeunload", "visibilitychange", "freeze", "popstate", "hashchange", "storage",
    "message", "resize", "keydown", "input", "change", "focus", "blur", "focusin", "focusout"]) {
    addEventListener(type, (event) => { if (dead) event.stopImmediatePropagation(); }, true);
  }
  addEventListener("error", (event) => { if (fatal(event.error)) crash(event.message); });
  addEventListener("unhandledrejection", (event) => { if (fatal(event.reason)) crash(String(event.reason)); });
  // A minute without a crash is a normal start.
  setTimeout(() => { if (!dead) quietly(() => sessionStorage.removeItem(CRASHES)); }, 60000);

  page.classList.add("bsh-booted");
  // Reloaded in the middle of the questions: do not flash the start page.
  if (quietly(() => history.state !== null, false)) page.classList.add("bsh-resuming");
  load();
})();
