// The page where somebody writes own questions: checks the JSON while it is typed, shows the questionnaire, and makes the
// files of a website out of it. What is typed stays in this browser.
(() => {
  "use strict";
  const { byId, make, tell, say, quietly } = tools;
  const doc = document;
  const KEY = "bsh:author";
  // The largest file that is opened, in kB; the program has its own limit, which it names.
  const OPEN_MAX = 4000;
  const SHOWN_MAX = 200;
  const area = byId("json");

  // ---- where a fault is ----

  // The places of all values in a JSON text, as far as it can be read: {from, to, kids}, kids by key or index. A key that
  // stands twice has its last place under `again`.
  function places(text) {
    let at = 0;
    const blank = () => { while (/\s/.test(text[at] || "")) at += 1; };
    const string = () => {
      const from = at;
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === "\\") at += 1;
      at += 1;
      return quietly(() => JSON.parse(text.slice(from, at)), "");
    };
    const value = () => {
      blank();
      const open = text[at];
      const node = { from: at, to: at, kids: new Map(), again: new Map() };
      if (open === '"') string();
      else if (open === "{" || open === "[") {
        at += 1;
        for (let index = 0; ; index += 1) {
          blank();
          if (text[at] === "," || text[at] === ":") { at += 1; blank(); }
          if (at >= text.length || /[\]}]/.test(text[at])) break;
          const from = at;
          let key = String(index);
          if (open === "{" && text[at] === '"') {
            key = string();
            blank();
            if (text[at] === ":") at += 1;
          }
          const kid = value();
          kid.key = open === "{" ? from : kid.from;
          (node.kids.has(key) ? node.again : node.kids).set(key, kid);
          // Not JSON: no step forward would never end.
          if (at === from) at += 1;
        }
        at += 1;
      } else while (at < text.length && !/[\s,\]}:]/.test(text[at])) at += 1;
      node.to = at;
      return node;
    };
    return value();
  }

  // The part of the text that a fault is about, from and to: the value at its path, or what is nearest to it.
  function place(text, path, found) {
    const line = /line (\d+) column (\d+)/.exec(found);
    if (path === "$" && line) {
      const start = text.split("\n").slice(0, line[1] - 1).reduce((sum, one) => sum + one.length + 1, 0);
      const from = Math.max(0, start + +line[2] - 1);
      return [from, from + 1];
    }
    const [, lang, rest] = /^(?:([\w-]+): )?\$(.*)$/.exec(path) || [];
    let node = places(text);
    const keys = lang ? ["texts", lang] : [];
    for (const [, name, index, quoted, cut] of (rest || "").matchAll(/\.([\w-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")(\.\.\.)?\]/g)) {
      const key = name || index || quietly(() => JSON.parse(quoted), "");
      keys.push(cut ? [...keysUnder(node, keys)].find((known) => known.startsWith(key)) || key : key);
    }
    for (const key of keys) {
      const next = (found.includes("again") && node.again.get(key)) || node.kids.get(key);
      if (!next) return [node.key ?? node.from, (node.key ?? node.from) + 1];
      node = next;
    }
    return [node.key ?? node.from, node.to];
  }

  const keysUnder = (node, keys) => {
    for (const key of keys) node = (node && node.kids.get(key)) || null;
    return node ? node.kids.keys() : [];
  };

  function go(path, found) {
    const [from, to] = quietly(() => place(area.value, path, found), [0, 0]);
    area.focus();
    area.setSelectionRange(from, to);
    // A selection does not scroll by itself in every browser. Lines do not wrap, so that they can be counted.
    const before = area.value.slice(0, from).split("\n").length - 1;
    area.scrollTop = before * parseFloat(getComputedStyle(area).lineHeight) - area.clientHeight / 3;
    area.scrollLeft = 0;
  }

  // ---- what is kept ----

  let kept = true;
  function keep(text) {
    kept = quietly(() => {
      if (text) localStorage.setItem(KEY, text);
      else localStorage.removeItem(KEY);
      return true;
    }, false);
    byId("unkept").hidden = kept || !text;
    byId("kept").hidden = !byId("unkept").hidden;
    window.onbeforeunload = byId("unkept").hidden ? null : (event) => event.preventDefault();
  }

  // ---- checking, and the preview ----

  // The last answer of the program, and the last pack without faults: its text, id, languages and compiled files.
  let answer = null;
  let right = null;
  let element = null;
  let turn = 0;

  async function check() {
    const mine = turn += 1;
    const text = area.value;
    const mods = await tools.author();
    if (mine !== turn) return;
    answer = text.trim() ? read(mods.check_pack(text)) : { empty: true };
    draw();
    if (!answer.ok) return;
    const files = {};
    for (const lang of answer.languages) {
      const [first, more] = await tools.base(lang);
      if (mine !== turn) return;
      const said = mods.compile_pack(text, lang, first, more);
      if (said.startsWith("faults")) {
        answer = read(said);
        return draw();
      }
      files[lang] = said.split("\u001d");
    }
    right = { text, files, id: answer.id, languages: answer.languages };
    draw();
    show();
  }

  const read = (said) => {
    const [head, ...lines] = said.split("\n");
    const [word, , languages, id, , items] = head.split("\t");
    if (word === "ok") return { ok: true, languages: languages.split(" "), id, items: +items };
    return { faults: lines.map((line) => line.split("\t")) };
  };

  // The text as it is in the preview, so that typing a space does not begin the questionnaire anew.
  let staged = "";
  async function show() {
    const { files } = right;
    const now = Object.values(files).flat().join("");
    await customElements.whenDefined("buy-sell-hierarchy");
    if (files !== right.files || now === staged) return;
    staged = now;
    if (!element) {
      element = make("buy-sell-hierarchy");
      element.setAttribute("mode", "kiosk");
      element.setAttribute("theme", "auto");
      byId("screen").append(element);
      tools.preview(element);
    }
    turned();
    element.show(files);
  }

  // The preview in the language of this page, where the pack has it.
  function turned() {
    if (!element || !right) return;
    const lang = right.files[tools.lang()] ? tools.lang() : right.languages[0];
    if (element.getAttribute("lang") !== lang) element.setAttribute("lang", lang);
  }

  function draw() {
    if (!answer) return say(byId("state"), tell("pack.checking"));
    const faults = answer.faults || [];
    const list = new Intl.ListFormat(tools.lang(), { type: "unit" });
    say(byId("state"), answer.empty ? tell("pack.empty")
      : answer.ok ? tell("pack.right", { items: answer.items, languages: list.format(answer.languages) })
        : tell(faults.length === 1 ? "pack.one" : "pack.many", { n: faults.length }));
    byId("faults-box").hidden = !faults.length;
    byId("faults").replaceChildren(...faults.slice(0, SHOWN_MAX).map(([path, expected, found]) => {
      const item = make("li");
      const one = tools.button("", () => go(path, found));
      one.append(make("code", path), ` expected ${expected}, found ${found}`);
      item.append(one);
      return item;
    }));
    byId("faults-rest").textContent = faults.length > SHOWN_MAX ? tell("pack.rest", { n: faults.length - SHOWN_MAX }) : "";
    const fresh = !!right && right.text === area.value;
    byId("stage").hidden = !right;
    byId("none").hidden = !!right;
    byId("stale").hidden = !right || !faults.length;
    byId("downloads").hidden = !fresh;
    byId("unready").hidden = fresh;
    if (!fresh) return;
    byId("snippet").value = `<script src="${new URL("./element.js", location.href.split(/[?#]/)[0]).href}" async></script>\n`
      + `<buy-sell-hierarchy pack="/${right.id}/"></buy-sell-hierarchy>`;
    byId("singles").replaceChildren(...site().map(([name, text]) => {
      const item = make("li");
      item.append(tools.button(name, () => tools.save(name, [text], type(name))));
      return item;
    }));
  }

  // ---- the text of the page ----

  // What was there before an example or a file came in its place.
  let before = null;
  let timer = 0;

  function changed(store = true) {
    if (store) keep(area.value);
    // What was compiled is not what stands there now.
    const stale = !right || right.text !== area.value;
    byId("downloads").hidden = stale;
    byId("unready").hidden = !stale;
    clearTimeout(timer);
    timer = setTimeout(() => check().catch(tools.trouble), 400);
  }

  function put(text, store = true) {
    if (area.value.trim() && area.value !== text) before = area.value;
    byId("back").hidden = before === null;
    area.value = text;
    area.setSelectionRange(0, 0);
    area.scrollTop = 0;
    changed(store);
  }

  const note = (said) => { byId("note").textContent = said; };

  area.addEventListener("input", () => {
    note("");
    changed();
  });
  byId("back").addEventListener("click", () => {
    const text = before;
    before = null;
    put(text);
    note("");
    area.focus();
  });
  byId("erase").addEventListener("click", () => {
    put("", false);
    keep("");
    note(tell("pack.erased"));
  });
  for (const name of ["sample", "shipped"]) {
    byId(name).addEventListener("click", () => tools.text(name).then((text) => { put(text); note(""); }).catch(tools.trouble));
  }

  // ---- files ----

  // Joins a structure and files of texts into one pack. `main.nl.json` has texts, unless it has a structure in it.
  async function open(files) {
    const structures = [];
    const texts = [];
    const said = [];
    for (const file of files) {
      if (file.size > OPEN_MAX * 1000) {
        said.push(tell("pack.big", { file: file.name, n: OPEN_MAX }));
        continue;
      }
      const text = await file.text().catch(() => null);
      if (text === null) {
        said.push(tell("pack.unread", { file: file.name }));
        continue;
      }
      const one = { name: file.name, text: text.replace(/^\ufeff/, "") };
      try {
        one.value = JSON.parse(one.text);
      } catch (error) {
        one.fault = error.message;
      }
      const [, lang] = /\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\.json$/.exec(file.name) || [];
      const whole = one.value && typeof one.value === "object" && "instruments" in one.value;
      (lang && !whole ? texts : structures).push({ ...one, lang });
    }
    const names = (list) => list.map((one) => one.name).join(", ");
    if (structures.length > 1) said.push(tell("pack.two", { files: names(structures) }));
    else if (structures.length || texts.length) join(structures[0], texts, said, names);
    note(said.join(" "));
  }

  function join(structure, texts, said, names) {
    // Files of texts alone belong to what is on the page.
    const base = structure || { name: "JSON", text: area.value, value: quietly(() => JSON.parse(area.value), null) };
    if (!texts.length) put(base.text);
    else {
      const broken = [base, ...texts].find((one) => one.fault);
      if (broken) {
        said.push(tell("pack.broken", { file: broken.name, fault: broken.fault }));
        if (structure) put(base.text);
        return;
      }
      if (!base.value || typeof base.value !== "object" || Array.isArray(base.value)) {
        return said.push(tell("pack.homeless", { file: texts[0].name }));
      }
      put(joined(base, texts));
    }
    said.push(tell("pack.opened", { files: names([structure, ...texts].filter(Boolean)) }));
  }

  // The structure as it was written, with the texts in it; where it has some already, as this page writes JSON.
  function joined({ text, value }, texts) {
    const keys = Object.keys(value);
    if (keys.length && !keys.includes("texts")) {
      const each = texts.map((one) => `    ${JSON.stringify(one.lang)}: ${one.text.trim().replace(/\n/g, "\n    ")}`);
      return `${text.trimEnd().slice(0, -1).trimEnd()},\n  "texts": {\n${each.join(",\n")}\n  }\n}\n`;
    }
    const old = value.texts;
    const all = old && typeof old === "object" && !Array.isArray(old) ? { ...old } : {};
    for (const one of texts) all[one.lang] = one.value;
    return `${JSON.stringify({ ...value, texts: all }, null, 2)}\n`;
  }

  byId("files").addEventListener("change", (event) => {
    open([...event.target.files]).catch(tools.trouble);
    // The same file again is a change too.
    event.target.value = "";
  });
  const carries = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    open([...event.dataTransfer.files]).catch(tools.trouble);
  });

  // ---- downloads ----

  const type = (name) => `${name.endsWith(".json") ? "application/json" : "text/plain"};charset=utf-8`;

  // The files of the folder that an element or a frame is pointed to.
  function site() {
    const { files, languages, text } = right;
    const each = languages.flatMap((lang) => [[`pack.${lang}.txt`, files[lang][0]], [`more.${lang}.txt`, files[lang][1]]]);
    const [first, more] = files[languages[0]];
    return [...each, ["pack.txt", first], ["more.txt", more], ["pack.json", text]];
  }

  const CRCS = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  const crc = (bytes) => ~bytes.reduce((sum, byte) => CRCS[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;

  // An archive without compression (PKWARE's APPNOTE, 4.3): each file with its header, then the list of all, then its end.
  function zip(files) {
    const now = new Date();
    const time = (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1);
    const date = ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate();
    // Numbers of two bytes, but those of four where the width says so.
    const pack = (numbers) => {
      const bytes = new DataView(new ArrayBuffer(numbers.reduce((sum, [width]) => sum + width, 0)));
      let at = 0;
      for (const [width, number] of numbers) {
        if (width === 4) bytes.setUint32(at, number, true);
        else bytes.setUint16(at, number, true);
        at += width;
      }
      return bytes;
    };
    const parts = [];
    const list = [];
    let size = 0;
    let listed = 0;
    const add = (to, ...some) => some.forEach((one) => {
      to.push(one);
      if (to === parts) size += one.byteLength;
      else listed += one.byteLength;
    });
    const code = new TextEncoder();
    for (const [name, text] of files) {
      const [label, bytes] = [code.encode(name), code.encode(text)];
      // Version 2.0, names in UTF-8, stored, when, what, how long twice, the name's length, nothing extra.
      const about = [[2, 20], [2, 0x800], [2, 0], [2, time], [2, date], [4, crc(bytes)], [4, bytes.length],
        [4, bytes.length], [2, label.length], [2, 0]];
      const from = size;
      add(parts, pack([[4, 0x04034b50], ...about]), label, bytes);
      add(list, pack([[4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, from]]), label);
    }
    const n = files.length;
    const end = pack([[4, 0x06054b50], [2, 0], [2, 0], [2, n], [2, n], [4, listed], [4, size], [2, 0]]);
    return [...parts, ...list, end];
  }

  byId("save-json").addEventListener("click", () => {
    const id = (answer && answer.id) || (right && right.id) || "pack";
    tools.save(`${id}.json`, [area.value], type(".json"));
  });
  byId("save-all").addEventListener("click", () => tools.save(`${right.id}.zip`, zip(site()), "application/zip"));

  // ---- the beginning ----

  tools.onWords(() => {
    draw();
    turned();
  });
  const stored = quietly(() => localStorage.getItem(KEY), null);
  if (stored) put(stored, false);
  // Something to look at; it is kept once it is changed.
  else tools.ready.then(() => tools.text("sample")).then((text) => { if (!area.value) put(text, false); }).catch(tools.trouble);
})();
