// What pack.html and theme.html share: the words and the choice of language, the author's program, downloads, copying,
// and answering the questions of a preview. No innerHTML: Trusted Types are enforced.
const tools = (() => {
  "use strict";
  const doc = document;
  const page = doc.documentElement;
  const me = doc.currentScript;
  // The files of every language by kind and code: "pack.en", "more.en", "tools.en".
  const FILES = {};
  for (const name of me.dataset.files.split(" ")) FILES[name.replace(/-\w+\.\w+$/, "").replace("./", "")] = name;
  const at = (key) => new URL(me.dataset[key] || FILES[key], me.src);

  const byId = (id) => doc.getElementById(id);
  const quietly = (work, otherwise) => {
    try { return work(); } catch { return otherwise; }
  };
  const make = (tag, said, name) => {
    const element = doc.createElement(tag);
    if (said) element.textContent = said;
    if (name) element.className = name;
    return element;
  };
  const button = (said, act) => {
    const element = make("button", said);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  };
  // A live region says again what is written again: only what has changed is written.
  const say = (element, said) => { if (element.textContent !== said) element.textContent = said; };

  // Something this page needs is not there, or its program has stopped. The page stays as it is.
  const trouble = (error) => {
    byId("trouble-detail").textContent = String((error && error.message) || error).slice(0, 300);
    byId("trouble").hidden = false;
  };

  async function text(key) {
    const url = at(key);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url.pathname.split("/").pop()}: ${answer.status}`);
    return answer.text();
  }

  // ---- language ----

  const codes = Object.keys(FILES).filter((key) => key.startsWith("tools.")).map((key) => key.slice(6));
  const has = (code) => codes.find((known) => known === code);
  let lang = has(new URLSearchParams(location.search).get("lang"))
    || (navigator.languages || []).flatMap((code) => [code, code.split("-")[0]]).find(has) || codes[0];
  let words = {};
  const tell = (key, values) => (words[key] || "").replace(/{(\w+)}/g, (_, name) => values[name]);

  // The links between the pages keep the language.
  const link = () => {
    for (const a of doc.querySelectorAll(".bsh-nav a")) a.search = `lang=${lang}`;
  };

  // The newest choice counts; what is shown stays until its words are here.
  const listeners = [];
  async function speak(code) {
    lang = code;
    const got = JSON.parse(await text(`tools.${code}`));
    if (code !== lang) return;
    words = got;
    page.lang = code;
    for (const element of doc.querySelectorAll("[data-t]")) element.firstChild.data = words[element.dataset.t];
    doc.querySelector("meta[name=description]").content = words[`${page.dataset.page}.description`];
    link();
    for (const draw of listeners) draw();
  }

  const choice = byId("language");
  for (const code of codes) {
    const own = quietly(() => new Intl.DisplayNames([code], { type: "language" }).of(code), code);
    const option = make("option", own);
    option.value = option.lang = code;
    choice.append(option);
  }
  choice.value = lang;
  choice.addEventListener("change", () => {
    quietly(() => {
      const url = new URL(location.href);
      url.searchParams.set("lang", choice.value);
      history.replaceState(history.state, "", url.href);
    });
    speak(choice.value).catch(trouble);
  });

  // ---- the author's program ----

  let coming = null;
  const author = () => coming ||= (async () => {
    const [mods, answer] = await Promise.all([import(at("authorJs").href), fetch(at("authorWasm"))]);
    if (!answer.ok) throw new Error(`${answer.url.split("/").pop()}: ${answer.status}`);
    // From bytes: a host may send wasm under another type.
    await mods.default({ module_or_path: await WebAssembly.compile(await answer.arrayBuffer()) });
    return mods;
  })();

  // The two compiled files whose interface texts a pack takes: of its language, or of the first one.
  const bases = {};
  const base = (code) => {
    const known = FILES[`pack.${code}`] ? code : codes[0];
    return bases[known] ||= Promise.all([text(`pack.${known}`), text(`more.${known}`)]);
  };

  // ---- files and the clipboard ----

  function save(name, parts, type) {
    const a = make("a");
    a.href = URL.createObjectURL(new Blob(parts, { type }));
    a.download = name;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 60000);
  }

  for (const one of doc.querySelectorAll("[data-copy]")) {
    one.addEventListener("click", async () => {
      const area = byId(one.dataset.copy);
      let done = await quietly(() => navigator.clipboard.writeText(area.value).then(() => true, () => false), false);
      if (!done) {
        area.select();
        done = quietly(() => doc.execCommand("copy"), false);
      }
      const state = one.parentNode.querySelector("[role=status]");
      // Said anew at each copy.
      state.textContent = "";
      setTimeout(() => { state.textContent = tell(done ? "tool.copied" : "tool.uncopied"); }, 50);
    });
  }

  // ---- the preview ----

  const frame = () => new Promise((done) => setTimeout(done, 16));

  // Goes through the questions of an element with answers that fall from page to page, until there is a result.
  async function answer(element) {
    const main = () => element.shadowRoot && element.shadowRoot.querySelector(".bsh-step");
    const step = () => (main() ? main().dataset.step : "");
    for (let n = 0; n < 60 && !/result$/.test(step()); n++) {
      const there = main();
      const before = there && there.textContent;
      if (there) {
        for (const set of there.querySelectorAll("fieldset")) {
          const all = [...set.querySelectorAll("input[type=radio]")];
          // Those set apart say that there is no answer.
          const plain = all.filter((one) => !one.closest(".bsh-apart"));
          const pick = plain[Math.max(1, plain.length - 1 - Math.floor(n / 3))] || plain[plain.length - 1];
          if (pick && !all.some((one) => one.checked && !one.closest(".bsh-form"))) pick.click();
        }
        await frame();
        const go = there.querySelector("button.bsh-primary");
        if (go) go.click();
      }
      // A page takes a moment; a program on its way longer.
      for (let i = 0; i < 300 && (!main() || main().textContent === before); i++) await frame();
    }
    return /result$/.test(step());
  }

  function preview(element) {
    byId("fill").addEventListener("click", async () => {
      const state = byId("fill-state");
      say(state, tell("tool.filling"));
      say(state, tell((await answer(element)) ? "tool.filled" : "tool.unfilled"));
    });
  }

  link();
  const ready = speak(lang);
  ready.catch(trouble);
  addEventListener("unhandledrejection", (event) => trouble(event.reason));

  return {
    author, base, button, byId, make, preview, quietly, ready, save, say, tell, text, trouble,
    lang: () => lang,
    onWords: (draw) => listeners.push(draw),
  };
})();
