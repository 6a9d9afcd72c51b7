// Shared by the page (boot.js) and the element (element.js), which the build joins it into: fetches the programs and the
// questions, hands them their place, serves them, and says in plain words why when that fails or when a program crashes.
// One program of each kind serves every place of a page. No innerHTML: Trusted Types may be enforced.
//
// `kit(files, base)` knows the files of the build; `kit.run(place)` is one running assessment. Must not know whether its
// place is a page of its own, a frame or an element: what differs comes with `place`.

const quietly = (work, otherwise) => {
  try { return work(); } catch { return otherwise; }
};

//#include served.js

function kit(assets, base) {
  const doc = document;
  // The files of every language by kind and code: "pack.en" is pack.en-<hash>.txt.
  const FILES = Object.create(null);
  assets.files.split(" ").forEach((name) => { FILES[name.replace(/-\w+\.\w+$/, "")] = name; });
  // Against the script and not the document: a <base> on the page must not redirect the program's files.
  const at = (key) => new URL(assets[key] || FILES[key], base);
  const limit = +assets.timeout || 20000;
  const FIRST = Object.keys(FILES)[0].slice(5);
  const FIRST_WORDS = "{{words}}";
  const CRASHES = "bsh:crashes";
  // A retry asks the network anew and waits longer.
  let tries = 0;
  // Files of this build are not there any more: the page is an older copy than the site.
  let stale = false;
  let dead = false;
  let crashes = 0;
  const alive = new Set();
  // Places that nobody looks at any more, each with its program: the next one to begin takes one of them.
  const spare = [];

  const make = (tag, said, name) => {
    const element = doc.createElement(tag);
    if (said) element.textContent = said;
    if (name) element.className = name;
    return element;
  };

  // ---- fetching ----

  // A detail is a text, or the key of one with its values.
  const fault = (cause, ...details) => ({ cause, details });
  const file = (url) => url.pathname.split("/").pop();
  const decode = (bytes) => new TextDecoder().decode(bytes);

  // A little longer than who waits for it, so that a slow answer is told as one.
  const patience = () => AbortSignal.timeout?.(limit * 2 ** tries + 500);
  async function get(url, signal = patience()) {
    let answer;
    try {
      // A retry goes past a broken copy in the cache.
      answer = alone ? await alone.get(url) : await fetch(url, { signal, cache: tries ? "reload" : "default" });
    } catch (error) {
      throw fault(await refused(url) ? "csp" : "missing", !navigator.onLine && ["detail.offline"], `${file(url)}: ${error.message}`);
    }
    const notOurs = () => { stale ||= answer.status < 500 && /-[\da-f]{16}\.\w+$/.test(url.pathname); };
    if (!answer.ok) {
      notOurs();
      throw fault("missing", ["detail.status", { file: file(url), status: answer.status }]);
    }
    let bytes;
    try {
      bytes = new Uint8Array(await answer.arrayBuffer());
    } catch (error) {
      throw fault("truncated", `${file(url)}: ${error.message}`);
    }
    // Of another origin, the length of what was compressed is told without that it was: less than that arrived is too little.
    const due = answer.headers.get("content-length");
    if (due && !answer.headers.get("content-encoding") && bytes.length < +due) {
      throw fault("truncated", ["detail.bytes", { file: file(url), n: bytes.length, of: due }]);
    }
    const head = decode(bytes.subarray(0, 64));
    if (/^\s*</.test(head)) {
      notOurs();
      throw fault("html", file(url));
    }
    return [bytes, head];
  }

  // What the host's policy stopped of ours.
  const stopped = new Set();
  doc.addEventListener("securitypolicyviolation", (event) => { if (event.disposition !== "report") stopped.add(event.blockedURI); });
  // The event comes a moment after the failure.
  const refused = (url) => new Promise((done) => setTimeout(done, 50)).then(() =>
    stopped.has(url.href) || stopped.has(url.origin));

  async function program(key) {
    const url = at(key);
    const [bytes, head] = await get(url);
    if (!head.startsWith("\0asm")) {
      // Words without a tag (a plain "Not found", a pointer of a large-file store) are a wrong answer too.
      throw fault(/^[^\0-\x08\x0e-\x1f\ufffd]+$/.test(head) ? "html" : "truncated", ["detail.program", { file: file(url) }]);
    }
    // From bytes, not streamed: hosts that send wasm under another type would need this second way anyway.
    return WebAssembly.compile(bytes).catch((error) => { throw fault("truncated", `${file(url)}: ${error.message}`); });
  }

  async function glue(key) {
    const url = at(key);
    // A browser may remember a failed import for the life of the page: another address for another try.
    if (tries) url.searchParams.set("retry", tries);
    try {
      return await import(alone ? await alone.module(url) : url.href);
    } catch (error) {
      // import() does not say why. Ask again as plain text, which does.
      await get(url);
      throw fault(await refused(url) ? "csp" : "truncated", `${file(url)}: ${error.message}`);
    }
  }

  const late = () => new Promise((_, no) => setTimeout(() => no(fault("timeout")), limit));

  // A program that is fetched once and made once for the whole page; again after a failure.
  const programs = Object.create(null);
  const once = (kind, js, wasm) => {
    if (programs[kind]) return programs[kind];
    const coming = Promise.all([glue(js), program(wasm)])
      .then(([mods, module]) => mods.default({ module_or_path: module }).then(() => mods));
    programs[kind] = coming;
    coming.then(() => { coming.there = true; }, () => { if (programs[kind] === coming) delete programs[kind]; });
    return coming;
  };
  // One that has not come in time is asked for anew.
  const forget = (kind) => { if (programs[kind] && !programs[kind].there) delete programs[kind]; };
  const first = () => once("first", "js", "wasm");
  // Who keeps accounts or comes by a link gets the larger one, which draws everything.
  const soon = (kind, js, wasm) => Promise.race([once(kind, js, wasm), late()]).catch((error) => {
    forget(kind);
    throw error;
  });
  const later = (whole) => (whole ? soon("accounts", "accountsJs", "accountsWasm") : soon("later", "laterJs", "laterWasm"));
  const reports = () => soon("reports", "reportsJs", "reportsWasm");
  const tools = () => soon("tools", "toolboxJs", "toolboxWasm");
  const author = () => soon("author", "authorJs", "authorWasm");

  function able() {
    if (!alone && location.protocol === "file:") throw fault("file");
    if (typeof WebAssembly !== "object") throw fault("no-wasm");
    try {
      // The smallest module there is, made at once: a policy without 'wasm-unsafe-eval' throws here and not later.
      // WebKit asks the policy when the module is put to use, the others when it is made.
      new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
    } catch (error) {
      throw fault("csp", error.message);
    }
  }

  // A trap, or a stack overflow inside the program: it cannot be trusted with another call. On a page of somebody else
  // another program may trap, which is nobody's business here.
  function fatal(error) {
    const trap = error instanceof Error && typeof WebAssembly === "object" && (error instanceof WebAssembly.RuntimeError
      || (/^(RangeError|InternalError)$/.test(error.name) && /wasm/.test(error.stack)));
    return trap && (!assets.shared || String(error.stack).includes(new URL(".", base).href));
  }

  // An error, or what a panic said. Where it happened says more to who mends it than the words of a trap.
  function crash(error) {
    if (dead) return;
    dead = true;
    const where = error.stack || "";
    const message = where.includes(error) ? where : `${error} ${where}`;
    // Once, however many places it stops.
    crashes = quietly(() => {
      const n = performance.now() < 60000 ? 1 + +sessionStorage.getItem(CRASHES) : 1;
      sessionStorage.setItem(CRASHES, n);
      return n;
    }, 1);
    // This may be called from inside the program: touch the page once its stack is gone.
    queueMicrotask(() => alive.forEach((site) => site.crashed(message)));
  }
  addEventListener("error", (event) => { if (fatal(event.error)) crash(event.error); });
  addEventListener("unhandledrejection", (event) => { if (fatal(event.reason)) crash(event.reason); });

  // ---- a pack of somebody's own ----

  // By language what a JSON pack was compiled to, by its address.
  const compiled = Object.create(null);
  // `wanted`: language codes, the best first. Not broken off with who asked first: another place may wait for the same.
  async function compile(url, wanted) {
    const key = url.href;
    compiled[key] ||= Promise.all([get(url), author()]).then(([[bytes], mods]) => ({ text: decode(bytes), mods }))
      .catch((error) => { delete compiled[key]; throw error; });
    const { text, mods } = await compiled[key];
    const refuse = (faults) => {
      console.error(`buy-sell-hierarchy: ${key}\n${faults.split("\n").slice(1).join("\n")}`);
      throw fault("pack", ["detail.questions", { file: file(url) }]);
    };
    const said = mods.check_pack(text);
    const [state, lead, codes] = said.split(/[\t\n]/);
    if (state !== "ok") refuse(said);
    const all = codes.split(" ");
    const lang = wanted.find((code) => all.includes(code)) || lead;
    const shipped = FILES[`pack.${lang}`] ? lang : FIRST;
    const [one, two] = await Promise.all(["pack", "more"].map((kind) => get(at(`${kind}.${shipped}`))));
    const made = mods.compile_pack(text, lang, decode(one[0]), decode(two[0]));
    const files = made.split("\u001d");
    if (files.length < 2) refuse(made);
    return files;
  }

  // ---- one running assessment ----

  // `place` is where it runs; boot.js and element.js have one each.
  // What it is: scope (document or shadow root), root() and html (what holds the page, and the classes), ready (a promise
  // of both), dropzone, embedded, foreign (the pack may not come from there).
  // What was said: options {lang, pack, key, mode, form, account, report}, asked and around (languages), link, given
  // (compiled files in place of fetched ones), started, fault.
  // What it does: storage(), history {state, push, put, back}, styles(), laterStyles(), brand(rules), dress(words, lang),
  // speaks(lang), title(text), top(), print(), again(), here(), mark(lang), clean(lang), tell(type, detail), and for a
  // place that is used again fresh(), put(box), leave().
  function run(place) {
    const { options, scope, embedded } = place;
    const over = new AbortController();
    const { signal: life } = over;
    const KEY = options.key;
    const DRAFT = `bsh:draft:${KEY}`;
    const ASIDE = `bsh:aside:${KEY}`;
    const WORKSPACE = `bsh:workspace:${KEY}`;
    const byId = (id) => scope.getElementById(id);
    const root = () => place.root();
    const text = (id) => (byId(id) || { value: "" }).value;
    const stored = (key) => quietly(() => place.storage().getItem(key), null);
    const state = () => quietly(() => place.history.state(), null);

    // ---- the language ----

    const own = options.pack;
    // Compiled files beside the address, or one JSON file.
    let plain = own && (own.pathname.endsWith(".json") ? own : null);
    const has = (code) => code && (own || place.given ? /^[a-z]{2,3}(-\w{2,8})?$/.test(code) : FILES[`pack.${code}`]) && code;
    const invitedIn = (hash) => (/^#bsh-invite=[^~]*~[^~]*~([^~]*)~/.exec(hash) || [])[1];
    // A language as it is asked for, and without its region.
    const near = (code) => (/^[a-z]{2,3}(-\w{2,8})*$/i.test(code) ? Array.from(new Set([code, code.split("-")[0]])) : []);
    const known = (code) => near(code).find(has) || "";
    const hosted = known(options.lang);
    // Chosen by hand: by an invitation, by the address, or earlier and kept with the answers. The host's choice goes
    // before the latter.
    const chosen = has(invitedIn(place.link)) || known(place.asked)
      || (!hosted && [DRAFT, WORKSPACE].map((key) => has((/^lang=(.*)$/m.exec(stored(key)) || [])[1])).find((code) => code)) || "";
    // Of the questions that are shown, or on their way to the first showing.
    const spoke = () => [place.around, ...(navigator.languages || [])].flatMap(near);
    const usual = () => spoke().find(has) || FIRST;
    let lang = chosen || hosted || usual();
    // Where a kiosk begins for the next person.
    let initial = lang;
    // Asked for by the host before there was anything to turn.
    let wished = "";
    // What this script says, and in which language.
    let words = FIRST_WORDS;
    let spoken = FIRST;
    const tell = (key, values) => words[key].replace(/{(\w+)}/g, (_, name) => values[name]);

    let start = false;
    let mounted = false;
    let gone = false;
    let handle;
    const post = sender({
      key: KEY,
      base: place.here(),
      storage: () => place.storage(),
      tell: (said) => { if (mounted && !dead && !gone) handle.sent(said); },
    });
    // The switch of language that is under way.
    let turn = null;
    let turned = false;
    // The newest answers, for a browser that stores nothing.
    let latest = "";
    let kept = true;
    // The static page while a panel stands in its place.
    let asleep = null;
    let focused = "";
    let result = null;
    let emptied = null;
    // Somebody has been in here.
    let touched = false;

    const show = () => place.html.classList.remove("bsh-resuming", "bsh-turning");
    // Somebody is in here; a frame always has an active element, also while its host has the focus.
    const held = () => !embedded || (scope === doc ? doc.hasFocus() : !!scope.activeElement);
    const focus = (element) => { if (held()) element.focus(); };

    // ---- what went wrong, in words ----

    const reload = ["reload", () => place.again()];
    // What is gone is not asked for again: the page of today is. At a stand that would clear the answers; in an element it
    // is the host's page.
    const renew = (once) => stale && scope === doc && !(mounted && options.mode === "kiosk") && place.again(once);
    const retry = ["retry", () => {
      if (renew()) return;
      root().replaceChildren(...asleep);
      asleep = null;
      tries += 1;
      if (wished) [lang, wished] = [wished, ""];
      if (!mounted && spoken !== FIRST) place.dress(words, spoken);
      (byId(focused) || root().querySelector("h1") || root()).focus();
      load();
    }];

    const assetsAt = new URL(base).origin === location.origin ? "'self'" : new URL(base).origin;
    const policy = `script-src ${assetsAt} 'wasm-unsafe-eval'; connect-src ${assetsAt}${own && ![location.origin, new URL(base).origin].includes(own.origin) ? ` ${own.origin}` : ""}`;
    // Cause: buttons, a line to copy. Heading and advice are the texts `cause.title` and `cause.text`.
    const CAUSES = {
      file: [[], "python3 -m http.server"],
      "no-wasm": [[reload]],
      csp: [[reload], policy],
      missing: [[retry, reload]],
      html: [[reload]],
      truncated: [[retry, reload]],
      timeout: [[retry]],
      pack: [[reload]],
      origin: [[], own && `pack-origins="${own.origin}"`],
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
      details.forEach((detail) => {
        if (detail) box.append(make("p", typeof detail === "string" ? detail : tell(...detail), "bsh-panel-detail"));
      });
      // A page of somebody else has a main part of its own.
      const main = make(scope === doc ? "main" : "div");
      main.lang = spoken;
      main.append(box);
      show();
      return [main, heading];
    };

    // ---- fetching ----

    // The first (pack) or second (more) file of a language.
    async function questions(kind, code, signal) {
      // Guessed, and not chosen by anybody.
      const guess = !mounted && !chosen && !hosted;
      const wanted = guess ? spoke() : near(code);
      if (place.given) {
        const of = place.given[wanted.find((one) => place.given[one])] || Object.values(place.given)[0];
        return of[kind === "pack" ? 0 : 1];
      }
      if (plain) return (await compile(plain, wanted))[kind === "pack" ? 0 : 1];
      const read = async (url) => {
        const [bytes, head] = await get(url, signal);
        if (!head.startsWith("bsh-pack\t")) throw fault("pack", ["detail.questions", { file: file(url) }]);
        return decode(bytes);
      };
      if (!own) return read(at(`${kind}.${code}`));
      // A region or a language that the pack does not have: the next best, its first one at last. Nearly every browser
      // names a region, and hardly any pack has one.
      const names = (guess ? near(code).reverse() : near(code)).map((one) => `${kind}.${one}.txt`);
      if (kind === "pack") names.push("pack.txt");
      for (;;) {
        try {
          return await read(new URL(names.shift(), own));
        } catch (error) {
          if (!names.length || !/^(missing|html)$/.test(error.cause)) throw error;
        }
      }
    }
    const spokenIn = (pack) => pack.split("\t", 3)[2];

    // Texts of this script and of the static page in another language; without them the first one stays.
    async function speak(code, signal) {
      const said = near(code).find((one) => FILES[`say.${one}`]) || FIRST;
      const got = said === FIRST ? FIRST_WORDS : JSON.parse(decode((await get(at(`say.${said}`), signal))[0]));
      if (code === lang) [words, spoken] = [{ ...FIRST_WORDS, ...got }, said];
    }

    async function load() {
      const abort = new AbortController();
      life.addEventListener("abort", () => abort.abort());
      // A second at most: then what there is is shown, and said.
      const dressed = spoken !== lang && Promise.race([
        speak(lang, abort.signal).then(() => place.ready).then(() => { if (!mounted && spoken !== FIRST) place.dress(words, spoken); }).catch(() => {}),
        new Promise((done) => setTimeout(done, 1000)),
      ]).then(() => place.html.classList.remove("bsh-turning"));
      const wait = make("p", "", "bsh-wait");
      wait.setAttribute("role", "status");
      const timers = [];
      const tooLong = new Promise((_, no) => timers.push(
        setTimeout(() => { no(fault("timeout")); abort.abort(); }, limit * 2 ** tries),
        setTimeout(() => { wait.textContent = tell("wait"); }, 4000)));
      try {
        able();
        if (place.foreign) throw fault("origin");
        const all = Promise.all([first(), questions("pack", lang, abort.signal), place.styles()]);
        place.ready.then(() => { if (!mounted && !asleep) root().append(wait); });
        const [mods, pack] = await Promise.race([all, tooLong]);
        await place.ready;
        timers.forEach(clearTimeout);
        if (gone) return;
        await mount(mods, pack, abort.signal);
      } catch (error) {
        timers.forEach(clearTimeout);
        await dressed;
        abort.abort();
        await place.ready;
        wait.remove();
        // A panel is read with its style, if that comes soon.
        await Promise.race([Promise.resolve(place.styles()).catch(() => {}), new Promise((done) => setTimeout(done, 1000))]);
        if (dead || gone) return;
        if (fatal(error)) return crash(error);
        if (renew(true)) return;
        // Anything unforeseen is glue and program that do not fit each other.
        const { cause, details } = error.details ? error : fault("truncated", String(error));
        // Only then: another place may be waiting for the same program, and there is to be one of it.
        if (cause === "timeout") forget("first");
        if (embedded) console.error(`buy-sell-hierarchy: ${cause}`, ...details.filter((d) => typeof d === "string"), cause === "csp" ? policy : "");
        // Kept, with all that was typed, for a retry.
        focused = (scope.activeElement || {}).id;
        asleep = Array.from(root().childNodes);
        const [main, heading] = panel(cause, tell(`${cause}.text`), CAUSES[cause], details);
        root().replaceChildren(main);
        place.tell("error", { cause });
        focus(heading);
      }
    }

    // ---- handing over ----

    // The first file of the language that is shown.
    let packed = "";
    // The program of the later pages and the number of the pack there, once it has the texts of that language; and that
    // of reports.
    let reader = null;
    let press = null;
    let whole = false;
    // Which of the two was asked for last: the one that Try again fetches.
    let pressing = false;

    // What the later pages need, in the background. Dropped when the language has changed meanwhile.
    async function more(code, coming = questions("more", code), report = false) {
      const [said, mods] = await Promise.all([coming, report ? reports() : later(whole), place.laterStyles()]).catch(() => [""]);
      if (dead || gone || code !== lang) return;
      const number = said ? mods.load(packed, said) : "";
      if (/^\d/.test(number)) {
        const there = { mods, number: +number, lang: code };
        if (report) press = there;
        else reader = there;
        handle.ready();
      } else handle.missed();
    }

    // Asked for once; after a failure the program asks again.
    const TOUCHES = ["pointerdown", "keydown", "click", "input"];
    let asked = false;
    const rest = () => {
      TOUCHES.forEach((type) => root().removeEventListener(type, rest, true));
      if (!asked) more(lang);
      asked = true;
    };

    // The toolbox: JSON and QR codes. Fetched when it is first needed, and again after a failure.
    const toolbox = (work) => {
      tools().then((mods) => { if (!dead && !gone) work(mods); }).catch((error) => {
        tries += 1;
        if (fatal(error)) crash(error);
        else if (!dead && !gone && !(tries > 1 && renew())) handle.toolMissed();
      });
    };

    // Browsers let a page write to the clipboard after a click, or not; the old way needs the text to be selected.
    async function copy(selector) {
      const input = root().querySelector(selector);
      if (!input) return;
      const done = await navigator.clipboard?.writeText(input.value).then(() => true, () => false);
      input.select();
      if (!dead && !gone) handle.copied(done || quietly(() => doc.execCommand("copy"), false));
    }

    // Only the newest switch counts.
    async function change(code) {
      const mine = turn = {};
      // It was handed over and could not be read: past the copy in the cache.
      if (code === lang) tries += 1;
      const both = ["pack", "more"].map((kind) => questions(kind, code).catch(() => ""));
      const [one, two] = await Promise.all(both);
      if (dead || gone || mine !== turn) return;
      turn = null;
      if (!one) {
        tries += 1;
        return tries > 1 && renew() ? undefined : handle.langMissed();
      }
      turned = true;
      lang = spokenIn(one);
      place.speaks(lang);
      packed = one;
      place.mark(lang);
      // The later pages turn in the same moment, if they can.
      const number = two && reader ? reader.mods.load(one, two) : "";
      if (/^\d/.test(number)) reader.number = +number;
      else reader = null;
      handle.pack(one);
      asked = true;
      if (!reader) more(lang, two || undefined);
      speak(lang).catch(() => {});
    }

    // What the second program says, or nothing while it is on its way.
    const second = (work) => {
      if (!reader) rest();
      try {
        const said = reader ? work(reader.mods, reader.number) : "";
        if (reader && !said && !whole) {
          // A page that only the larger one draws.
          whole = true;
          reader = null;
          more(lang);
        }
        return said;
      } catch (error) {
        crash(error);
        return "";
      }
    };

    // What the program of reports says, or nothing while it is on its way.
    let coming = "";
    const pressed = (work) => {
      pressing = true;
      if (!press || press.lang !== lang) {
        // Once for a language; Try again asks anew.
        if (coming !== lang) more(lang, undefined, true);
        coming = lang;
        return "";
      }
      try {
        return work(press.mods, press.number);
      } catch (error) {
        crash(error);
        return "";
      }
    };

    // What the host may know of a result: nothing but its kind, unless it asked and the visitor was told so.
    const told = (visit) => {
      const detail = {};
      const lines = quietly(() => reader.mods.told(reader.number, visit), "");
      // Another language is on its way: the page is drawn again, and told then.
      if (!lines) return;
      lines.split("\n").forEach((line) => {
        const [name, value] = line.split("\t");
        if (!value || !(options.report || name === "instrument" || name === "kind")) return;
        // Cut, not rounded, as on the page.
        detail[name] = name === "position" ? Math.floor(value / 100) / 10 : name === "level" ? +value : value;
      });
      if (options.report) result = detail;
      place.tell("complete", detail);
    };
    const TOLD = {
      start: () => place.tell("start", {}),
      progress: (of) => {
        const [answered, all] = of.split(" ");
        place.tell("progress", { answered: +answered, of: +all });
      },
      // Once the page is drawn.
      complete: (visit) => queueMicrotask(() => told(visit)),
      reset: (done) => {
        if (done) result = null;
        if (done && options.mode === "kiosk" && lang !== initial) change(initial);
        if (emptied) emptied(!!done);
        emptied = null;
      },
    };

    // What a script says in a line and the program would need many bindings for.
    const VERBS = {
      store: () => place.storage(),
      state,
      push: (entry) => { quietly(() => place.history.push(entry)); },
      put: (entry) => { quietly(() => place.history.put(entry)); },
      back: () => quietly(() => place.history.back(), "") || undefined,
      top: () => place.top(),
      title: (said) => place.title(said),
      print: () => place.print(),
      reload: () => {
        // Past the copies in the cache, which do not fit each other.
        tries += 1;
        place.again();
      },
      loses: () => {
        const active = scope.activeElement;
        if (active && active !== doc.body) return active.closest(".bsh-step") ? "x" : undefined;
        // In a page of somebody else it was lost only by who had it.
        if (embedded && !(scope === doc ? doc.hasFocus() : touched)) return undefined;
        return !doc.activeElement || doc.activeElement === doc.body ? "x" : undefined;
      },
      saved: (all, stored) => {
        if (dead) return;
        [latest, kept] = [all, !!stored];
        // Only while it is needed: browsers do not keep a page whole that has such a listener.
        if (latest && !kept && options.mode !== "kiosk") addEventListener("beforeunload", stay, { signal: life });
        else removeEventListener("beforeunload", stay);
      },
      tell: (what, detail) => TOLD[what](detail),
      asset: (path) => (/^data:image\//.test(path) ? path : new URL(path, own || base).href),
      value: (selector) => (root().querySelector(selector) || {}).value,
      save: (name, all) => save(all, name),
      lang: (code) => { change(code); },
      here: () => place.here(),
      copy: (selector) => { copy(selector); },
      send: (url, body) => { post.send(url, body); },
      unsend: (stop) => { post.unsend(stop); },
      qr: (said, whose) => toolbox((mods) => handle.drawn(whose, mods.draw_qr(said))),
      export: (bundle, name) => toolbox((mods) => save(mods.write_workspace(bundle), name, "application/json")),
      import: (said) => toolbox((mods) => handle.imported(mods.read_workspace(said))),
      act: (said, two) => {
        // Only the first two: a text of the visit may have the separator in it.
        const [what, seed] = two.split("\u001d", 2);
        const visit = two.slice(what.length + seed.length + 2);
        return second((mods, number) => (mods.act ? mods.act(number, what, said, visit, +seed) : ""));
      },
      view: (visit) => {
        pressing = false;
        return second((mods, number) => mods.view(number, visit));
      },
      report: (visit) => pressed((mods, number) => mods.view(number, visit)),
      file: (kind, visit) => pressed((mods, number) => {
        mods.make(number, kind, visit, save).catch((error) => {
          if (fatal(error)) crash(error);
          else if (!dead && !gone) handle.toolMissed();
        });
      }),
      more: (code) => {
        // Only asked for when the first one failed.
        if (renew()) return;
        tries += 1;
        more(code, undefined, pressing);
      },
      day: (iso, code) => {
        const date = new Date(`${iso}T00:00`);
        return isNaN(date) ? iso : date.toLocaleDateString(code, { dateStyle: "medium" });
      },
      today: () => {
        const now = new Date();
        return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
      },
    };
    const host = (verb, one, two) => VERBS[verb](one, two);
    // Answers that live in this tab alone do not leave it without a question.
    const stay = (event) => { if (!dead) event.preventDefault(); };

    // What was chosen on the static page goes before what the host wishes.
    const chosenForm = () => {
      const shown = Array.from(scope.querySelectorAll("input[name=bsh-form]"));
      const chosen = shown.find((input) => input.checked && !input.defaultChecked);
      return chosen ? chosen.value : options.form;
    };

    async function mount(mods, pack, signal) {
      let box = root();
      const old = byId("bsh-open");
      const active = box.contains(scope.activeElement) ? scope.activeElement : null;
      const caret = active && quietly(() => [active.selectionStart, active.selectionEnd], null);
      // What was pressed before the visitor could read who is told of the result waits for another press.
      start = place.started && !options.report;
      const focusOn = active && !start ? active.id : "";
      lang = initial = spokenIn(pack);
      mounted = true;
      packed = pack;
      const link = place.link;
      whole = options.mode === "workspace"
        && (!!link || home()[0] !== DRAFT || stored(WORKSPACE) !== null) || (options.mode === "customer" && !!link);
      // The link that chose the language is gone after a reload.
      if (invitedIn(link)) place.mark(lang);
      const typed = {
        account: text("bsh-account") || options.account,
        preset: options.account,
        part: text("bsh-part"),
        form: chosenForm(),
        file: (old && old.files[0]) || null,
      };
      look(pack);
      const left = spare.pop();
      try {
        const given = {
          ...typed, pack, key: KEY, start, focus: focusOn, link, lang: chosen && lang, embedded, parts: scope !== doc,
          mode: options.mode,
          report: options.report || "",
          fault: place.fault || "",
          onCrash: crash,
          host,
        };
        if (left) {
          // It refuses a pack before anything changes.
          left.handle.renew(given);
          box = place.put(left.box);
          handle = left.handle;
        } else handle = mods.mount(box, given);
      } catch (error) {
        // What stands on the page is still there, with all that was typed.
        mounted = false;
        if (fatal(error) || dead) throw error;
        if (left) spare.push(left);
        const why = String((error && error.message) || error);
        if (why === "version" && own && !plain) {
          // Compiled for another release of the program: made anew from the JSON beside it.
          plain = new URL("pack.json", own);
          const made = await questions("pack", lang, signal);
          return gone ? undefined : mount(mods, made, signal);
        }
        throw fault("pack", why);
      }
      // Yew draws in a microtask; wait for it without letting the browser paint an empty page.
      // In a place that is used again the page of who was there before stands until then.
      for (let i = 0; i < 99 && (left ? i < 9 : !box.firstChild); i++) await null;
      if (gone) return;
      place.speaks(lang);
      show();
      // Who only looks at the start page loads no more than it; the first touch of it fetches the rest.
      if (start || active || stored(DRAFT) || state() || whole) rest();
      else TOUCHES.forEach((type) => box.addEventListener(type, rest, { capture: true, signal: life }));
      place.tell("ready", {});
      post.resume();
      // The file dialog may have been open while its input was replaced: pass the choice on.
      if (old) old.addEventListener("change", () => {
        const now = byId("bsh-open");
        if (!now || now === old) return;
        now.files = old.files;
        now.dispatchEvent(new Event("change", { bubbles: true }));
      });
      const target = focusOn && byId(focusOn);
      if (target && (!scope.activeElement || scope.activeElement === doc.body)) {
        target.focus({ preventScroll: true });
        if (caret && caret[0] !== null) quietly(() => target.setSelectionRange(...caret));
      }
      if (wished && wished !== lang) change(wished);
      wished = "";
    }

    // The look that comes with a pack. A host's own properties go before it.
    function look(pack) {
      const light = Object.create(null);
      const dark = Object.create(null);
      let rules = "";
      pack.split("\n").forEach((line) => {
        const [kind, key, value] = line.split("\t");
        if (kind !== "B") return;
        const [what, side, name] = key.split(".");
        if (what === "color" && /^#[0-9a-f]{6}$/i.test(value) && /^[a-z-]+$/.test(name)) (side === "dark" ? dark : light)[name] = value;
        if (what === "radius" && /^\d{1,2}$/.test(value)) rules += `--bsh-radius:${value}px;`;
        if (what === "font" && /^[\p{L}\p{N} ,"'-]+$/u.test(value)) rules += `--bsh-font:${value};`;
      });
      Object.keys(light).forEach((name) => { if (dark[name]) rules += `--bsh-${name}:light-dark(${light[name]},${dark[name]});`; });
      place.brand(rules);
    }

    // ---- when the program crashes ----

    function crashed(message) {
      const there = stored(home()[0]);
      const answers = latest || there;
      const download = ["download", () => save(answers)];
      const clean = ["clean", () => startClean(there)];
      const loop = crashes > 2;
      // A kiosk's answers live in this page alone.
      const said = ["lead", there && kept && options.mode !== "kiosk" ? "saved" : answers ? "unsaved" : "nothing", loop ? "loop" : "reload", "clean"];
      const buttons = loop ? [clean] : [["reload", () => location.reload()], clean];
      if (answers) buttons.splice(1, 0, download);
      place.ready.then(() => {
        const [main, heading] = panel("crash", said.map((key) => tell(`crash.${key}`)).join(" "), [buttons],
          [message && ["detail.report", { message: message.slice(0, 500) }]]);
        const had = held();
        // A fresh root: the old one carries the dead program's listeners.
        place.fresh().append(main);
        place.tell("error", { cause: "crash" });
        if (had) heading.focus();
      });
    }

    function save(all, name = "bsh-answers.txt", type = "text/plain") {
      const link = make("a");
      link.href = URL.createObjectURL(new Blob([all], { type: `${type};charset=utf-8` }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      if (alone) alone.saved(all, name);
    }

    if (alone) alone.offer = save;

    // The keys of the draft that is open, and of what is set aside of it: its own one, an account or an invitation.
    function home() {
      const [, kind, id] = /^\S+ \S+ ([ai]):(\w{8})/.exec(state() || "") || [];
      return kind ? [`bsh:${kind === "a" ? "account" : "invite"}:${KEY}:${id}`, `${ASIDE}:${id}`] : [DRAFT, ASIDE];
    }

    function startClean(there) {
      const [key, aside] = home();
      quietly(() => {
        const storage = place.storage();
        if (there !== null) {
          // Room first, so that a full store can take the copy; one copy is kept.
          storage.removeItem(aside);
          storage.removeItem(key);
          try { storage.setItem(aside, there); } catch { save(there); }
        }
      });
      quietly(() => sessionStorage.removeItem(CRASHES));
      place.clean(chosen && lang);
      location.reload();
    }

    // ---- what happens around the page ----

    const on = (target, type, work) => target.addEventListener(type, (event) => {
      if (!dead && mounted) work(event);
    }, { signal: life });
    on(window, "storage", (event) => handle.stored(event.key === null ? undefined : event.key));
    ["pagehide", "visibilitychange"].forEach((type) => on(window, type, () => { if (!kept) handle.flush(); }));
    ["pointerup", "pointercancel"].forEach((type) => on(window, type, () => handle.dropped()));
    // A form that the browser itself would send: in a frame that may not do so a press on Start would be lost.
    place.dropzone.addEventListener("click", (event) => {
      const form = event.target.closest?.("[type=submit]") && event.target.form;
      if (!form) return;
      event.preventDefault();
      form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    }, { signal: life });
    ["focusin", "pointerdown"].forEach((type) => on(place.dropzone, type, () => { touched = true; }));
    // A text or a file that is dropped on the page.
    const ours = (event) => Array.from(event.dataTransfer.types).some((type) =>
      (type === "Files" && !event.target.closest?.("input[type=file]"))
      || (type === "text/plain" && takesLinks(options.mode) && !event.target.closest?.("input, textarea")));
    on(place.dropzone, "dragover", (event) => { if (ours(event)) event.preventDefault(); });
    on(place.dropzone, "drop", (event) => {
      if (!ours(event)) return;
      event.preventDefault();
      const [dropped] = event.dataTransfer.files;
      if (dropped) handle.file(dropped);
      else handle.link(event.dataTransfer.getData("text/plain"));
    });

    const site = {
      crashed,
      lang: () => lang,
      change: (wish) => {
        const code = known(wish) || usual();
        initial = code;
        // A switch that is under way to another one is taken back.
        if (!mounted) wished = code;
        else if (code === lang) turn = null;
        else change(code);
      },
      popped: (entry) => {
        if (!mounted || dead) return;
        handle.popped(entry || "");
        // An earlier entry of the history may name an earlier language.
        if (turned) place.mark(lang);
      },
      link: (hash) => {
        if (!mounted) place.link = hash;
        if (!mounted || dead) return;
        handle.link(hash);
        if (has(invitedIn(hash))) site.change(invitedIn(hash));
      },
      reset: () => new Promise((done) => {
        if (!mounted || dead) return done(false);
        if (emptied) emptied(false);
        emptied = done;
        handle.reset();
      }),
      result: () => result && { ...result },
      focus: () => { (root().querySelector("h1") || root()).focus(); },
      end: () => {
        gone = true;
        over.abort();
        post.end();
        alive.delete(site);
        if (emptied) emptied(false);
        // Yew keeps the listeners of a place for good: it is kept as well, and used again.
        if (handle && mounted && !dead) spare.push({ box: place.leave(), handle });
        handle = null;
      },
    };
    alive.add(site);
    if (dead) crashed("");
    else load();
    return site;
  }

  // A minute without a crash is a normal start.
  setTimeout(() => { if (!dead) quietly(() => sessionStorage.removeItem(CRASHES)); }, 60000);
  if (alone) alone.tools = tools;
  return { run, first: FIRST, at, get, decode };
}
