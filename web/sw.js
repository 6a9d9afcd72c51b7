// The service worker of the standalone page: keeps one release of it whole, so that it works without a network. The build
// writes the name of the release and the list of its files in here (xtask/src/offline.rs).
//
// Answers for index.html and for the files of a build, and for nothing else in its folder: not for embed.html, element.js,
// packs, a host's own pages, or what is sent. Must not take the place of an older worker before a page says so.
(() => {
  "use strict";
  const RELEASE = "{{release}}";
  // By name what a file's content hashes to.
  const FILES = "{{list}}";
  const HERE = new URL("./", location.href);
  const OURS = `bsh:${HERE.pathname}:`;
  const CACHE = OURS + RELEASE;
  const PAGE = new URL("index.html", HERE).href;
  const APP = new URL("manifest.webmanifest", HERE).href;

  // Older releases too: a page that is open needs its own files until it ends.
  const ours = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));
  async function find(url) {
    for (const cacheName of [CACHE, ...await ours()]) {
      const kept = await caches.match(url, { cacheName });
      if (kept) return kept;
    }
    return undefined;
  }
  // A browser that cannot read what it keeps: then as if there were nothing.
  const unread = () => undefined;

  // ---- a whole release, or nothing ----

  async function ask(url, options) {
    const answer = await fetch(url, options);
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
    return answer;
  }

  // A browser takes no answer for a page that was redirected, and keeps none that varies with everything: made anew. Its
  // bytes are no longer as they came over the wire.
  async function keepable(answer) {
    const headers = new Headers(answer.headers);
    ["content-encoding", "content-length", "vary"].forEach((name) => headers.delete(name));
    return new Response(await answer.arrayBuffer(), { headers });
  }

  // Not by its hash: who looks after the site may have written options into it, which change neither worker nor release.
  async function page() {
    const answer = await ask(PAGE, { cache: "no-cache" });
    const text = await answer.clone().text();
    if (!text.includes(`data-release="${RELEASE}"`) || !/<\/html>\s*$/.test(text)) throw new Error(`${PAGE}: another release`);
    return keepable(answer);
  }

  async function install() {
    // The release that is in use, when a site goes back to it.
    const had = await caches.has(CACHE);
    try {
      const cache = await caches.open(CACHE);
      // One after the other: whoever has begun to answer goes first.
      for (const [name, integrity] of Object.entries(FILES)) {
        const url = new URL(name, HERE).href;
        const kept = /-[\da-f]{16}\./.test(name) && await find(url);
        // A wrong or broken copy in the browser's own cache is passed by.
        await cache.put(url, kept
          || await keepable(await ask(url, { integrity }).catch(() => ask(url, { integrity, cache: "reload" }))));
      }
      await cache.put(PAGE, await page());
      // Only so that nothing fails in the console: the system has its own. Whoever looks after the site may change it.
      await ask(APP).then(keepable).then((answer) => cache.put(APP, answer)).catch(() => {});
    } catch (error) {
      if (!had) await caches.delete(CACHE);
      throw error;
    }
  }

  // ---- older releases ----

  // Which release a page is of; nothing where it does not say, because it has not come that far or stands still.
  const releaseOf = (client) => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    setTimeout(done, 1000);
    client.postMessage("bsh-release", [port2]);
  });
  const isPage = ({ url, frameType }) => frameType !== "nested" && /^(index\.html)?$/.test(rest(url));

  // Their caches go once every open page is known to need them no more.
  async function tidy() {
    const pages = (await clients.matchAll({ type: "window", includeUncontrolled: true })).filter(isPage);
    const needed = [RELEASE, ...await Promise.all(pages.map(releaseOf))];
    const there = await ours();
    // The cache of the next release is none of the old ones.
    if (needed.includes(undefined) || registration.installing || registration.waiting) return;
    await Promise.all(there.filter((name) => !needed.includes(name.slice(OURS.length))).map((name) => caches.delete(name)));
  }

  // ---- what it answers for ----

  // The way from the folder of the worker; nothing outside of it.
  function rest(address) {
    const url = new URL(address);
    return url.origin === HERE.origin && url.pathname.startsWith(HERE.pathname)
      ? url.pathname.slice(HERE.pathname.length) : null;
  }

  async function start(event) {
    const kept = await caches.match(PAGE, { cacheName: CACHE }).catch(unread);
    if (!kept) return fetch(event.request);
    // The page found that its files are gone, and wants what the server has.
    if (/[?&]bsh-fresh=/.test(event.request.url)) {
      const answer = await fetch(event.request).catch(() => kept);
      return answer.ok || answer.type === "opaqueredirect" ? answer : kept;
    }
    event.waitUntil(page().then(async (now) => (await caches.open(CACHE)).put(PAGE, now)).catch(() => {}));
    return kept;
  }

  addEventListener("fetch", (event) => {
    const { request } = event;
    const name = rest(request.url);
    if (name === null || request.method !== "GET") return;
    if (request.mode === "navigate") {
      if (/^(index\.html)?$/.test(name) && !/frame/.test(request.destination)) event.respondWith(start(event));
    } else if (new URL(name, HERE).href === APP) {
      event.respondWith(fetch(request).catch(async (error) => await find(APP).catch(unread) || Promise.reject(error)));
    } else if (FILES[name] || /^[\w.-]+-[\da-f]{16}\.\w+$/.test(name)) {
      event.respondWith(find(new URL(name, HERE).href).catch(unread).then((kept) => kept || fetch(request)));
    }
  });

  addEventListener("install", (event) => event.waitUntil(install()));
  // The page of a first visit finds its later files here as well.
  addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
  addEventListener("message", (event) => {
    if (event.data === "bsh-take-over") skipWaiting();
    if (event.data === "bsh-tidy") event.waitUntil(tidy());
    if (event.data === "bsh-release") event.ports[0].postMessage(RELEASE);
  });
})();
