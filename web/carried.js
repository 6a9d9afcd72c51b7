// What single.html has in place of served.js: the files of the build lie in the page, each packed in an element with its
// name as id; and above every page stands a line that says whether the work is in a file of the visitor's, because a
// browser promises a page that was opened as a file no storage.
//
// Knows the packed files, and which keys hold answers and accounts (docs/storage.md). Must not know what is in them, but
// for the company's name.
const alone = (() => {
  const doc = document;
  const TEXTS = "{{copy}}";
  const FIRST = Object.keys(TEXTS)[0];

  // ---- the files ----

  const whole = new Promise((done) => {
    if (doc.readyState !== "loading") done();
    else doc.addEventListener("DOMContentLoaded", done, { once: true });
  });
  const read = async (url) => {
    await whole;
    const box = doc.getElementById(url.pathname.split("/").pop());
    // Cut off when it was copied.
    if (!box) throw new Error("-");
    // Somebody's own questions stand there as they are.
    if (box.type === "application/json") return new Response(box.textContent);
    const packed = atob(box.textContent);
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };

  // ---- is it in a file? ----

  let lang = FIRST;
  let key = "";
  let store = () => null;
  const say = (name) => (TEXTS[lang] || TEXTS[lang.split("-")[0]] || TEXTS[FIRST])[name];
  // Of each kind: which texts have changed on this visit since they were saved, and when that was.
  const copies = { answers: { changed: new Set() }, accounts: { changed: new Set() } };
  const starts = { answers: ["draft", "invite"], accounts: ["account", "workspace"] };
  const kindOf = (name) => Object.keys(starts).find((kind) =>
    starts[kind].some((start) => name === `bsh:${start}:${key}` || name.startsWith(`bsh:${start}:${key}:`)));
  const names = (kind) => {
    const local = store();
    const all = local ? Array.from({ length: local.length }, (_, at) => local.key(at)) : [];
    return all.filter((name) => name && kindOf(name) === kind).sort();
  };
  // The number of the save, and where the visitor is: no work is lost with them.
  const work = (text) => (text || "").replace(/^(bsh-\w+ |step=|date=|lang=).*\n?/gm, "");
  const changed = (name, before, after) => {
    const kind = kindOf(name);
    if (!kind || work(before) === work(after)) return;
    copies[kind].changed.add(name);
    show();
  };

  // As the page of accounts hands them to the toolbox: the company's name, then each with its id, in the order of the index.
  const bundle = (local) => {
    const start = `bsh:account:${key}:`;
    const index = local.getItem(`bsh:workspace:${key}`) || "";
    const field = (name) => (new RegExp(`^${name}=(.*)$`, "m").exec(index) || ["", ""])[1];
    const company = field("company").replace(/\\(.)/g, (_, c) => (c === "n" ? "\n" : c)).replace(/\x1e/g, "");
    const ids = names("accounts").filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
    const order = field("accounts").split(" ");
    const at = (id) => (order.includes(id) ? order.indexOf(id) : order.length);
    ids.sort((a, b) => at(a) - at(b));
    return [company, ...ids.map((id) => `${id}\n${local.getItem(start + id)}`)].join("\x1e");
  };
  const SAVES = {
    answers: async (local) => {
      const all = names("answers");
      // All that are in no file yet; else the newest, where several invitations were answered.
      const due = all.filter((name) => copies.answers.changed.has(name));
      const newest = all.includes(copies.answers.last) ? copies.answers.last : all[0];
      (due.length ? due : [newest]).forEach((name) => out.offer(local.getItem(name), "bsh-answers.txt", "text/plain"));
    },
    accounts: async (local) => {
      const all = bundle(local);
      out.offer((await out.tools()).write_workspace(all), "bsh-accounts.json", "application/json");
    },
  };

  const stay = (event) => event.preventDefault();
  let drawn = false;
  const show = () => {
    const line = doc.getElementById("bsh-copy");
    if (!line || !drawn) return;
    const has = (kind) => (kind === "accounts" ? names(kind).some((name) => name.startsWith("bsh:account:")) : names(kind).length > 0);
    const there = Object.keys(SAVES).filter((kind) => { try { return has(kind); } catch { return false; } });
    const unsaved = there.filter((kind) => names(kind).some((name) => copies[kind].changed.has(name)));
    const at = there.map((kind) => copies[kind].at).filter((time) => time).sort((a, b) => b - a)[0];
    const state = !there.length ? "note" : unsaved.length ? "changed" : at && there.every((kind) => copies[kind].at) ? "saved" : "some";
    line.lang = TEXTS[lang] ? lang : FIRST;
    line.setAttribute("aria-label", say("label"));
    line.dataset.state = state;
    const time = at ? at.toLocaleTimeString(lang, { timeStyle: "short" }) : "";
    const text = say(state).replace("{time}", time);
    const said = line.querySelector("p");
    if (said.textContent !== text) said.textContent = text;
    Object.keys(SAVES).forEach((kind) => {
      const button = line.querySelector(`[data-save=${kind}]`);
      button.hidden = !there.includes(kind);
      button.textContent = say(kind);
    });
    if (unsaved.length) addEventListener("beforeunload", stay);
    else removeEventListener("beforeunload", stay);
  };

  const out = {
    tag,
    base: location.href.replace(/[?#].*/, ""),
    get: read,
    module: async (url) => URL.createObjectURL(new Blob([await (await read(url)).arrayBuffer()], { type: "text/javascript" })),
    // A text was offered as a file, here or by the page: that of all accounts, or the answers.
    saved: (text, name) => {
      // A picture, say.
      if (typeof text !== "string") return;
      const kind = name === "bsh-accounts.json" ? "accounts" : "answers";
      const same = (one) => work(text).endsWith(work(store().getItem(one)));
      const inFile = names(kind).filter((one) => kind === "accounts" || same(one));
      if (kind === "answers" && !inFile.length) return;
      inFile.forEach((one) => copies[kind].changed.delete(one));
      copies[kind].at = new Date();
      show();
    },
    // Makes the page's place one that runs from a file.
    settle: (place) => {
      key = place.options.key;
      const { storage, dress, speaks } = place;
      const turn = (code) => {
        lang = code;
        drawn = true;
        show();
      };
      const watched = (local) => ({
        getItem: (name) => local.getItem(name),
        setItem: (name, text) => {
          const before = local.getItem(name);
          local.setItem(name, text);
          if (kindOf(name) === "answers") copies.answers.last = name;
          changed(name, before, text);
        },
        removeItem: (name) => {
          local.removeItem(name);
          if (kindOf(name)) show();
        },
        key: (at) => local.key(at),
        get length() { return local.length; },
      });
      store = storage;
      place.storage = () => watched(storage());
      // All styles are in the page.
      place.laterStyles = () => null;
      // An address in somebody's folders is no link, and nobody else's business.
      place.here = () => tag.dataset.address || "";
      place.dress = (words, code) => {
        dress(words, code);
        turn(code);
      };
      // Not by itself: what lies in the file is the same the next time.
      place.again = (once) => {
        if (once) return false;
        location.reload();
        return true;
      };
      place.speaks = (code) => {
        speaks(code);
        turn(code);
      };
      addEventListener("storage", () => show());
      whole.then(() => doc.querySelectorAll("[data-save]").forEach((button) => button.addEventListener("click", () => {
        SAVES[button.dataset.save](store()).catch(() => {});
      })));
    },
  };
  return out;
})();
