// Chooses the language, fetches the program and hands it the page; says in plain words why when that fails or when the
// program crashes. A classic script without imports, so that it runs where modules do not. The build puts the sentences
// of the first language in here, because they must be readable when nothing else has arrived. No innerHTML: Trusted
// Types are enforced.
(() => {
  "use strict";
  const doc = document;
  const page = doc.documentElement;
  const me = doc.currentScript;
  // The files of every language by kind and code: "pack.en" is pack.en-<hash>.txt.
  const FILES = {};
  for (const name of me.dataset.files.split(" ")) FILES[name.replace(/-\w+\.\w+$/, "")] = name;
  // Against the script and not the document: a <base> on the page must not redirect the program's files.
  const at = (key) => new URL(me.dataset[key] || FILES[key], me.src);
  const limit = +me.dataset.timeout || 20000;
  const KEY = "default";
  const DRAFT = `bsh:draft:${KEY}`;
  const ASIDE = `bsh:aside:${KEY}`;
  const WORKSPACE = `bsh:workspace:${KEY}`;
  const CRASHES = "bsh:crashes";

  const byId = (id) => doc.getElementById(id);
  const root = () => byId("bsh-root");
  const text = (id) => (byId(id) || { value: "" }).value;
  // Storage and history may be refused outright (sandboxed frames, blocked site data).
  const quietly = (work, otherwise) => {
    try { return work(); } catch { return otherwise; }
  };

  // ---- a link of ours ----

  // Taken out of the address at once: what it says is nobody else's. It reaches no server, because it is a fragment.
  // A visit that begins with an invitation keeps it in the history, in case the page has to be loaded again.
  const takeLink = (first) => {
    const hash = location.hash;
    if (!/^#bsh-(invite|return)=/.test(hash)) return "";
    const state = first && hash.startsWith("#bsh-invite") ? `invited start -\n${hash}` : quietly(() => history.state, null);
    quietly(() => history.replaceState(state, "", location.pathname + location.search));
    return hash;
  };
  const link = takeLink(true);
  const invitedIn = (hash) => (/^#bsh-invite=[^~]*~[^~]*~([^~]*)~/.exec(hash) || [])[1];

  // ---- the language ----

  const FIRST = Object.keys(FILES)[0].slice(5);
  const FIRST_WORDS = "{{words}}";
  const has = (code) => FILES[`pack.${code}`] && code;
  const hosted = has(me.dataset.lang);
  // Chosen by hand: by an invitation, by the address, or earlier and kept with the answers. The host's choice goes
  // before the latter.
  const chosen = has(invitedIn(link)) || has(new URLSearchParams(location.search).get("lang"))
    || (!hosted && [DRAFT, WORKSPACE].map((key) => has(quietly(() => /^lang=(.*)$/m.exec(localStorage.getItem(key))[1])))
      .find((code) => code)) || "";
  // Of the questions that are shown, or on their way to the first showing.
  let lang = chosen || hosted
    || (navigator.languages || []).flatMap((code) => [code, code.split("-")[0]]).find(has) || FIRST;
  // What this script says, and in which language.
  let words = FIRST_WORDS;
  let spoken = FIRST;
  const tell = (key, values) => words[key].replace(/{(\w+)}/g, (_, name) => values[name]);

  // A retry asks the network anew and waits longer.
  let tries = 0;
  // Start was pressed before the program came.
  let start = false;
  let mounted = false;
  let handle;
  // The switch of language that is under way, and whether there ever was one.
  let turn = null;
  let turned = false;
  let dead = false;
  // The newest answers, for a browser that stores nothing.
  let latest = "";
  let kept = true;
  // The static page while a panel stands in its place.
  let asleep = null;
  let focused = "";

  const show = () => page.classList.remove("bsh-resuming", "bsh-turning");

  const ready = new Promise((done) => {
    if (root()) done();
    else doc.addEventListener("DOMContentLoaded", done, { once: true });
  });

  // ---- what went wrong, in words ----

  // A detail is a text, or the key of one with its values.
  const fault = (cause, ...details) => ({ cause, details });
  const file = (url) => url.pathname.split("/").pop();
  const reload = ["reload", () => location.reload()];
  const retry = ["retry", () => {
    root().replaceChildren(...asleep);
    asleep = null;
    tries += 1;
    dress();
    (byId(focused) || doc.querySelector("h1")).focus();
    load();
  }];

  // Cause: buttons, a line to copy. Heading and advice are the texts `cause.title` and `cause.text`.
  const CAUSES = {
    file: [[], "python3 -m http.server"],
    "no-wasm": [[reload]],
    csp: [[reload], "script-src 'self' 'wasm-unsafe-eval'"],
    missing: [[retry, reload]],
    html: [[reload]],
    truncated: [[retry, reload]],
    timeout: [[retry]],
    pack: [[reload]],
  };

  const make = (tag, said, name) => {
    const element = doc.createElement(tag);
    if (said) element.textContent = said;
    if (name) element.className = name;
    return element;
  };

  const panel = (cause, advice, [buttons, code], details) => {
    const box = make("div", "", "bsh-panel");
    box.setAttribute("role", "alert");
    box.dataset.cause = cause;
    const heading = make("h1", tell(`${cause}.title`));
    heading.tabIndex = -1;
    box.append(heading, make("p", advice));
    if (code) box.append(make("pre", code));
    const row = make("div", "", "bsh-panel-buttons");
    buttons.forEach(([label, act], i) => {
      const button = make("button", tell(`button.${label}`), i ? "bsh-secondary" : "bsh-primary");
      button.type = "button";
      button.addEventListener("click", act);
      row.append(button);
    });
    if (buttons.length) box.append(row);
    for (const detail of details) {
      if (detail) box.append(make("p", typeof detail === "string" ? detail : tell(...detail), "bsh-panel-detail"));
    }
    const main = make("main");
    main.lang = spoken;
    main.append(box);
    show();
    return [main, heading];
  };

  // ---- fetching ----

  const decode = (bytes) => new TextDecoder().decode(bytes);

  // Without a signal of its own it has as long as the first try of the program.
  async function get(url, signal = AbortSignal.timeout?.(limit)) {
    let answer;
    try {
      // A retry goes past a broken copy in the cache.
      answer = await fetch(url, { signal, cache: tries ? "reload" : "default" });
    } catch (error) {
      throw fault("missing", !navigator.onLine && ["detail.offline"], `${file(url)}: ${error.message}`);
    }
    if (!answer.ok) throw fault("missing", ["detail.status", { file: file(url), status: answer.status }]);
    let bytes;
    try {
      bytes = new Uint8Array(await answer.arrayBuffer());
    } catch (error) {
      throw fault("truncated", `${file(url)}: ${error.message}`);
    }
    const due = answer.headers.get("content-length");
    if (due && !answer.headers.get("content-encoding") && +due !== bytes.length) {
      throw fault("truncated", ["detail.bytes", { file: file(url), n: bytes.length, of: due }]);
    }
    const head = decode(bytes.subarray(0, 64));
    if (/^\s*</.test(head)) throw fault("html", file(url));
    return [bytes, head];
  }

  async function program(key, signal) {
    const url = at(key);
    const [bytes, head] = await get(url, signal);
    if (!head.startsWith("\0asm")) {
      // Words without a tag (a plain "Not found", a pointer of a large-file store) are a wrong answer too.
      throw fault(/^[^\0-\x08\x0e-\x1f\ufffd]+$/.test(head) ? "html" : "truncated", ["detail.program", { file: file(url) }]);
    }
    // From bytes, not streamed: hosts that send wasm under another type would need this second way anyway.
    return WebAssembly.compile(bytes).catch((error) => { throw fault("truncated", `${file(url)}: ${error.message}`); });
  }

  async function glue(key, signal) {
    const url = at(key);
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

  // The first (pack) or second (more) file of a language.
  async function questions(kind, code, signal) {
    const url = at(`${kind}.${code}`);
    const [bytes, head] = await get(url, signal);
    if (!head.startsWith("bsh-pack\t")) throw fault("pack", ["detail.questions", { file: file(url) }]);
    return decode(bytes);
  }

  // Texts of this script and of the static page in another language; without them the first one stays.
  async function speak(code, signal) {
    const got = code === FIRST ? FIRST_WORDS : JSON.parse(decode((await get(at(`say.${code}`), signal))[0]));
    if (code === lang) [words, spoken] = [{ ...FIRST_WORDS, ...got }, code];
  }

  // The static page in the language that is spoken. The first one is in it already and has no texts for it.
  function dress() {
    if (mounted || spoken === FIRST) return;
    page.lang = spoken;
    doc.title = words["page.title"];
    doc.querySelector("meta[name=description]").content = words["page.description"];
    for (const element of doc.querySelectorAll("[data-t]")) element.firstChild.data = words[element.dataset.t];
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
    // A second at most: then what there is is shown, and said.
    const dressed = spoken !== lang && Promise.race([
      speak(lang, abort.signal).then(() => ready).then(dress).catch(() => {}),
      new Promise((done) => setTimeout(done, 1000)),
    ]).then(() => page.classList.remove("bsh-turning"));
    const wait = make("p", "", "bsh-wait");
    wait.setAttribute("role", "status");
    const timers = [];
    const tooLong = new Promise((_, no) => timers.push(
      setTimeout(() => { no(fault("timeout")); abort.abort(); }, limit * 2 ** tries),
      setTimeout(() => { wait.textContent = tell("wait"); }, 4000)));
    try {
      able();
      const all = Promise.all([glue("js", abort.signal), program("wasm", abort.signal), questions("pack", lang, abort.signal)]);
      ready.then(() => { if (!mounted && !asleep) root().append(wait); });
      const [mods, module, pack] = await Promise.race([all, tooLong]);
      await ready;
      await Promise.race([mods.default({ module_or_path: module }), tooLong]);
      timers.forEach(clearTimeout);
      await mount(mods, pack);
    } catch (error) {
      timers.forEach(clearTimeout);
      await dressed;
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
      const [main, heading] = panel(cause, tell(`${cause}.text`), CAUSES[cause], details);
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

  // The first file of the language that is shown.
  let packed = "";
  // The program of the later pages, once it has the texts of that language. Who keeps accounts or comes by a link gets
  // the larger one, which draws everything.
  let reader = null;
  // That program and its style sheet: fetched once, and again after a failure.
  let fetched = null;
  let whole = false;
  const later = () => fetched ||= Promise.race([
    Promise.all(whole
      ? [glue("accountsJs"), program("accountsWasm"), sheet(at("laterCss"))]
      : [glue("laterJs"), program("laterWasm"), sheet(at("laterCss"))]),
    new Promise((_, no) => setTimeout(() => no(fault("timeout")), limit)),
  ])
    .then(([mods, module]) => mods.default({ module_or_path: module }).then(() => mods))
    .catch((error) => { fetched = null; throw error; });

  let styled = false;
  const sheet = (url) => new Promise((done, no) => {
    if (styled) return done();
    const link = make("link");
    link.rel = "stylesheet";
    link.href = url;
    link.onload = () => { styled = true; done(); };
    link.onerror = () => { link.remove(); no(fault("missing", file(url))); };
    doc.head.append(link);
  });

  // What the later pages need, in the background. Dropped when the language has changed meanwhile.
  async function more(code, coming = questions("more", code)) {
    const [text, mods] = await Promise.all([coming, later()]).catch(() => [""]);
    if (dead || code !== lang) return;
    if (text && !mods.load(packed, text)) {
      reader = mods;
      handle.ready();
    } else handle.missed();
  }

  // Asked for once; after a failure the program asks again.
  const TOUCHES = ["pointerdown", "keydown", "click", "input"];
  let asked = false;
  const rest = () => {
    for (const type of TOUCHES) removeEventListener(type, rest, true);
    if (!asked) more(lang);
    asked = true;
  };

  // The toolbox: JSON and QR codes. Fetched when it is first needed, and again after a failure.
  let tools = null;
  const toolbox = (work) => {
    tools ||= Promise.race([
      Promise.all([glue("toolboxJs"), program("toolboxWasm")]),
      new Promise((_, no) => setTimeout(() => no(fault("timeout")), limit)),
    ])
      .then(([mods, module]) => mods.default({ module_or_path: module }).then(() => mods));
    tools.then((mods) => { if (!dead) work(mods); }).catch((error) => {
      tools = null;
      tries += 1;
      if (fatal(error)) crash(String(error));
      else if (!dead) handle.toolMissed();
    });
  };

  // Browsers let a page write to the clipboard after a click, or not; the old way needs the text to be selected.
  async function copy(selector) {
    const input = doc.querySelector(selector);
    if (!input) return;
    const done = await navigator.clipboard?.writeText(input.value).then(() => true, () => false);
    input.select();
    handle.copied(done || quietly(() => doc.execCommand("copy"), false));
  }

  // A reload, and a link passed on, come up in the same language.
  const mark = () => quietly(() => {
    const url = new URL(location.href);
    const rest = url.search.slice(1).split("&").filter((part) => !/^(lang(=.*)?)?$/.test(part));
    url.search = [...rest, `lang=${lang}`].join("&");
    history.replaceState(history.state, "", url.href);
  });

  // Only the newest switch counts.
  async function change(code) {
    const mine = turn = {};
    // It was handed over and could not be read: past the copy in the cache.
    if (code === lang) tries += 1;
    const both = ["pack", "more"].map((kind) => questions(kind, code).catch(() => ""));
    const [text, second] = await Promise.all(both);
    if (dead || mine !== turn) return;
    turn = null;
    if (!text) {
      tries += 1;
      return handle.langMissed();
    }
    turned = true;
    page.lang = lang = code;
    packed = text;
    mark();
    // The later pages turn in the same moment, if they can.
    if (!second || !reader || reader.load(text, second)) reader = null;
    handle.pack(text);
    asked = true;
    if (!reader) more(code, second || undefined);
    speak(code).catch(() => {});
  }
  // An earlier entry of the history may name an earlier language.
  addEventListener("popstate", () => { if (turned) mark(); });

  // What the second program says, or nothing while it is on its way.
  const second = (work) => {
    if (!reader) rest();
    try {
      const said = reader ? work(reader) : "";
      if (reader && !said && !whole) {
        // A page that only the larger one draws.
        whole = true;
        fetched = reader = null;
        more(lang);
      }
      return said;
    } catch (error) {
      crash(String(error));
      return "";
    }
  };

  // What a script says in a line and the program would need many bindings for.
  const host = (verb, one, two) => {
    const date = new Date(verb === "day" ? `${one}T00:00` : Date.now());
    if (verb === "save") return save(two, one);
    if (verb === "lang") return change(one);
    if (verb === "here") return location.origin + location.pathname;
    if (verb === "copy") return copy(one);
    if (verb === "qr") return toolbox((mods) => handle.drawn(two, mods.draw_qr(one)));
    if (verb === "export") return toolbox((mods) => save(mods.write_workspace(one), two, "application/json"));
    if (verb === "import") return toolbox((mods) => handle.imported(mods.read_workspace(one)));
    if (verb === "act") {
      // Only the first two: a text of the visit may have the separator in it.
      const [what, seed] = two.split("\u001d", 2);
      const visit = two.slice(what.length + seed.length + 2);
      return second((mods) => (mods.act ? mods.act(what, one, visit, +seed) : ""));
    }
    if (verb === "view") return second((mods) => mods.view(one));
    if (verb === "more") {
      // Only asked for when the first one failed.
      tries += 1;
      return more(one);
    }
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
      pack, key: KEY, start, focus, link, lang: chosen,
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
    packed = pack;
    whole = !!link || home()[0] !== DRAFT || quietly(() => localStorage.getItem(WORKSPACE) !== null, false);
    // The link that chose the language is gone after a reload.
    if (invitedIn(link)) mark();
    // The program puts a new page at its top; the browser would scroll it back to where the last one was.
    quietly(() => { history.scrollRestoration = "manual"; });
    place.replaceChildren();
    try {
      handle = mods.mount(place, options);
    } catch (error) {
      mounted = false;
      throw fatal(error) || dead ? error : fault("pack", String((error && error.message) || error));
    }
    // Yew draws in a microtask; wait for it without letting the browser paint an empty page.
    for (let i = 0; i < 99 && !place.firstChild; i++) await null;
    page.lang = lang;
    show();
    // Who only looks at the start page loads no more than it; the first touch of it fetches the rest.
    const stored = quietly(() => localStorage.getItem(DRAFT) || history.state, null);
    if (start || active || stored || whole) rest();
    else for (const type of TOUCHES) addEventListener(type, rest, true);
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
    const stored = quietly(() => localStorage.getItem(home()[0]), null);
    const answers = latest || stored;
    const download = ["download", () => save(answers)];
    const clean = ["clean", () => startClean(stored)];
    const loop = count > 2;
    const said = ["lead", stored && kept ? "saved" : answers ? "unsaved" : "nothing", loop ? "loop" : "reload", "clean"];
    const buttons = loop ? [clean] : [reload, clean];
    if (answers) buttons.splice(1, 0, download);
    const [main, heading] = panel("crash", said.map((key) => tell(`crash.${key}`)).join(" "), [buttons],
      [message && ["detail.report", { message: message.slice(0, 500) }]]);
    // A fresh root: the old one carries the dead program's listeners.
    const fresh = make("div", "", "bsh");
    fresh.id = "bsh-root";
    fresh.append(main);
    root().replaceWith(fresh);
    heading.focus();
  }

  function save(text, name = "bsh-answers.txt", type = "text/plain") {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // The keys of the draft that is open, and of what is set aside of it: its own one, an account or an invitation.
  function home() {
    const [, kind, id] = /^\S+ \S+ ([ai]):(\w{8})/.exec(quietly(() => history.state, "")) || [];
    return kind ? [`bsh:${kind === "a" ? "account" : "invite"}:${KEY}:${id}`, `${ASIDE}:${id}`] : [DRAFT, ASIDE];
  }

  function startClean(stored) {
    const [key, aside] = home();
    quietly(() => {
      if (stored !== null) {
        // Room first, so that a full store can take the copy; one copy is kept.
        localStorage.removeItem(aside);
        localStorage.removeItem(key);
        try { localStorage.setItem(aside, stored); } catch { save(stored); }
      }
    });
    quietly(() => sessionStorage.removeItem(CRASHES));
    // The language went with the answers.
    if (chosen) mark();
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
  // A link of ours in the address of the open page, or dropped on it as a text or a file.
  addEventListener("hashchange", () => {
    const hash = takeLink();
    if (!hash || !handle) return;
    handle.link(hash);
    const code = has(invitedIn(hash));
    if (code && code !== lang) change(code);
  });
  const ours = (event) => mounted && !dead && [...event.dataTransfer.types].some((type) =>
    (type === "Files" && !event.target.closest?.("input[type=file]"))
    || (type === "text/plain" && !event.target.closest?.("input, textarea")));
  addEventListener("dragover", (event) => { if (ours(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!ours(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) handle.file(file);
    else handle.link(event.dataTransfer.getData("text/plain"));
  });
  addEventListener("error", (event) => { if (fatal(event.error)) crash(event.message); });
  addEventListener("unhandledrejection", (event) => { if (fatal(event.reason)) crash(String(event.reason)); });
  // A minute without a crash is a normal start.
  setTimeout(() => { if (!dead) quietly(() => sessionStorage.removeItem(CRASHES)); }, 60000);

  page.classList.add("bsh-booted");
  // Not painted in one language and then in another.
  if (lang !== FIRST) page.classList.add("bsh-turning");
  // Reloaded in the middle of the questions: do not flash the start page.
  if (quietly(() => history.state !== null, false)) page.classList.add("bsh-resuming");
  load();
})();
