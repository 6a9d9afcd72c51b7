// The page's side of working without a network: registers the worker (sw.js), says when a newer release is there, and turns
// to it when somebody says so. A module that boot.js fetches once the page is up. Knows the worker and the document; must
// not know what is on the page. Whatever fails in here, the page goes on as it is.

// By language.
const WORDS = "{{words}}";
const STYLE = "{{style}}";
const HOUR = 3600000;
const doc = document;
const page = doc.documentElement;
const workers = navigator.serviceWorker;
const folder = new URL(".", import.meta.url);
const address = new URL("sw.js", folder).href;
const release = doc.querySelector("[data-release]").dataset.release;

// The one address that this page lets a worker have.
function trusted() {
  const only = (asked) => {
    if (asked !== address) throw new TypeError(`not the worker: ${asked}`);
    return asked;
  };
  return window.trustedTypes ? trustedTypes.createPolicy("bsh-sw", { createScriptURL: only }).createScriptURL(address) : address;
}

const releaseOf = (worker) => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => done(data);
  setTimeout(done, 2000);
  worker.postMessage("bsh-release", [port2]);
});

// A site that no longer has a worker gets rid of the one it had, and of what that one kept.
async function gone() {
  const { status } = await fetch(address, { method: "HEAD", cache: "no-store" });
  if (status !== 404 && status !== 410) return;
  const site = await workers.getRegistration();
  if (site) await site.unregister();
  const names = await caches.keys();
  names.filter((name) => name.startsWith(`bsh:${folder.pathname}:`)).forEach((name) => caches.delete(name));
}

// ---- the bar that says so ----

let bar;

function announce(turn) {
  if (bar) return;
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  doc.adoptedStyleSheets = [...doc.adoptedStyleSheets, style];
  const make = (tag, name, act) => {
    const element = doc.createElement(tag);
    if (name) element.className = name;
    if (act) {
      element.type = "button";
      element.addEventListener("click", act);
    }
    return element;
  };
  let before;
  bar = make("div", "bsh-news");
  bar.setAttribute("role", "status");
  bar.addEventListener("focusin", ({ relatedTarget }) => { if (!bar.contains(relatedTarget)) before = relatedTarget; });
  const ready = make("p", "");
  const now = make("button", "bsh-news-now", () => {
    now.setAttribute("aria-busy", "true");
    turn();
  });
  const later = make("button", "", () => {
    const had = bar.contains(doc.activeElement);
    bar.remove();
    // Back to where the keyboard came from.
    if (had) (before?.isConnected ? before : doc.querySelector("h1"))?.focus({ preventScroll: true });
  });
  const speak = () => {
    const main = page.lang.split("-")[0];
    const lang = [page.lang, main, Object.keys(WORDS)[0]].find((code) => WORDS[code]);
    const words = WORDS[lang];
    bar.lang = lang;
    [ready.textContent, now.textContent, later.textContent] = [words.ready, words.now, words.later];
  };
  // A status is read out when something is put into one that is there. In a tab behind others no frame would come.
  doc.body.append(bar);
  setTimeout(() => {
    speak();
    bar.append(ready, now, later);
  }, 100);
  new MutationObserver(speak).observe(page, { attributes: true, attributeFilter: ["lang"] });
}

// ---- the worker ----

/** `mode` is that of the page; `own` that it shows questions of somebody's own, which nobody keeps. */
export async function begin(mode, own) {
  const here = location.origin + location.pathname.replace(/[^/]*$/, "");
  const name = location.pathname.slice(folder.pathname.length);
  // Where no worker of ours could answer for the page; where there is none yet and it would be of no use, or dear.
  if (!workers || here !== folder.href || !/^(index\.html)?$/.test(name)) return;
  if (!workers.controller && (own || navigator.connection?.saveData)) return;
  await new Promise((done) => { (window.requestIdleCallback || setTimeout)(done); });
  workers.addEventListener("message", ({ data, ports }) => { if (data === "bsh-release") ports[0].postMessage(release); });
  // Who has installed the page means to keep what is in it. Elsewhere some browsers would ask, out of the blue.
  if (matchMedia("(display-mode: standalone)").matches) navigator.storage?.persist?.().catch(() => {});
  const site = await workers.register(trusted());

  const turn = () => {
    const next = site.waiting;
    // Another tab has let it in already.
    if (!next) return location.reload();
    // Any earlier, WebKit loads the page past it. Redundant: one that is newer still came between.
    next.addEventListener("statechange", () => { if (/^(activated|redundant)$/.test(next.state)) location.reload(); });
    next.postMessage("bsh-take-over");
    return undefined;
  };
  const heed = async () => {
    const next = site.waiting;
    if (!next || !site.active) return;
    // The page came from the server and is of that release already: there is nothing to turn to.
    if (await releaseOf(next) === release) next.postMessage("bsh-take-over");
    // At a stand nobody is asked; it comes when the window is opened next.
    else if (mode !== "kiosk") announce(turn);
  };
  const watch = (coming) => coming?.addEventListener("statechange", () => { if (coming.state === "installed") heed(); });
  let looked;
  const look = () => {
    looked = Date.now();
    site.update().catch(gone).catch(() => {});
  };

  site.addEventListener("updatefound", () => watch(site.installing));
  watch(site.installing);
  heed();
  look();
  site.active?.postMessage("bsh-tidy");
  doc.addEventListener("visibilitychange", () => { if (!doc.hidden && Date.now() - looked > HOUR) look(); });
}
