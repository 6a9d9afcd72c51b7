// Sends what the visitor agreed to send, once, and keeps it while there is no connection. The build joins it into
// run.js.
//
// `sender(site)`: {key, base, storage(), tell(state)}. `tell` hears `queued`, blank, `sent\t<time>` or `failed\t<why>`:
// a status, `timeout`, `csp`, `cors`, `network` or `address`. Must not know what is in a body, and sends nothing that
// nobody clicked for.

function sender(site) {
  "use strict";
  // Milliseconds for an answer, and before the second try.
  const LIMIT = 10000;
  const PAUSE = 2000;
  // The longest text that waits, in characters.
  const MOST = 20000;
  const NAME = `bsh:send:${site.key}`;
  // What is under way, and what the page was last told.
  let run = null;
  let said = "";
  // What waits where nothing can be stored.
  let waiting = "";
  const life = new AbortController();

  const tell = (state) => {
    said = state;
    site.tell(state);
  };
  const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

  // ---- what waits: the address and the body, a line each ----

  const read = () => {
    try { return site.storage().getItem(NAME) || waiting; } catch { return waiting; }
  };
  const kept = () => {
    const text = read();
    return text.length <= MOST && text.includes("\n") ? text : "";
  };
  const drop = () => {
    waiting = "";
    try { site.storage().removeItem(NAME); } catch { /* it was never there */ }
  };
  // Before the first try: a tab that is closed in the middle of it loses nothing.
  const keep = (text) => {
    drop();
    if (text.length > MOST) return;
    try { site.storage().setItem(NAME, text); } catch { waiting = text; }
  };

  // ---- one try ----

  // Encrypted, or to the site that the page is on.
  const address = (url) => {
    try {
      const to = new URL(url, site.base);
      return to.protocol === "https:" || to.origin === location.origin ? to : null;
    } catch {
      return null;
    }
  };

  const stopped = (to) => {
    let by = false;
    const hear = (event) => {
      if (event.effectiveDirective === "connect-src" && `${event.blockedURI}/`.startsWith(`${to.origin}/`)) by = true;
    };
    document.addEventListener("securitypolicyviolation", hear);
    return async () => {
      // The report comes a moment after the refusal.
      await wait(50);
      document.removeEventListener("securitypolicyviolation", hear);
      return by;
    };
  };

  // The status of the answer; `timeout`, `csp` or `network` without one.
  async function ask(to, mine, options) {
    const control = new AbortController();
    mine.abort = () => control.abort();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      control.abort();
    }, LIMIT);
    const by = stopped(to);
    try {
      const answer = await fetch(to.href, {
        credentials: "omit", redirect: "follow", referrerPolicy: "no-referrer", cache: "no-store",
        signal: control.signal, ...options,
      });
      return answer.type === "opaque" || answer.ok ? "ok" : String(answer.status);
    } catch {
      if (await by()) return "csp";
      return late ? "timeout" : "network";
    } finally {
      clearTimeout(timer);
      by();
    }
  }

  const post = (to, body, mine) => ask(to, mine, {
    method: "POST", mode: "cors", keepalive: true, body,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });

  async function twice(to, body, mine) {
    if (!navigator.onLine) return "network";
    let end = await post(to, body, mine);
    if (mine.over || !/^(network|5\d\d)$/.test(end)) return end;
    await wait(PAUSE);
    if (mine.over) return end;
    end = await post(to, body, mine);
    if (mine.over || end !== "network" || to.origin === location.origin || !navigator.onLine) return end;
    // A receiver that can be reached but refuses to be read looks like none at all. An empty question tells them apart.
    return await ask(to, mine, { method: "HEAD", mode: "no-cors" }) === "ok" ? "cors" : end;
  }

  const now = () => {
    const date = new Date();
    return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  };

  // `again`: it waited, and an answer that may be better next time leaves it waiting.
  async function go(text, mine, again) {
    const [url, body] = text.split("\n");
    const to = address(url);
    let end = "address";
    try {
      if (to) end = await twice(to, body, mine);
    } catch {
      end = "network";
    }
    if (mine.over) return;
    run = null;
    // Taken back in another tab, it does not wait any more.
    const waits = end === "network" || (again && /^(timeout|5\d\d)$/.test(end));
    if (waits && kept() === text) return tell("queued");
    if (kept() === text) drop();
    tell(end === "ok" ? `sent\t${now()}` : `failed\t${end}`);
  }

  // Two tabs send the same only once. `must`: this tab was asked to.
  async function alone(work, must) {
    let begun = false;
    const once = (lock) => {
      if (begun || !(lock || must)) return undefined;
      begun = true;
      return work();
    };
    try {
      if (navigator.locks) return await navigator.locks.request(NAME, { ifAvailable: true }, once);
    } catch { /* refused in some frames */ }
    return once(true);
  }

  const begin = () => (run = { over: false, abort() {} });

  // Sends what waits, if anything does.
  const resume = (must) => {
    if (run || !kept()) return;
    if (said !== "queued") tell("queued");
    alone(() => (run || !kept() ? undefined : go(kept(), begin(), true)), must);
  };

  addEventListener("online", () => resume(false), { signal: life.signal });
  // Another tab keeps something to send, or has sent it.
  addEventListener("storage", (event) => {
    if (run || (event.key !== null && event.key !== NAME)) return;
    if (event.newValue && event.key) return tell("queued");
    waiting = "";
    if (said === "queued") tell("");
  }, { signal: life.signal });

  return {
    // After a click. Without an address: what waits is tried again.
    send(url, body) {
      // A second click on the same.
      if (run) return;
      if (!url) return resume(true);
      said = "sending";
      const text = `${url}\n${body}`;
      keep(text);
      // At once and not when the lock is there: until then another click would send too.
      const mine = begin();
      alone(() => (mine.over ? undefined : go(text, mine, false)), true);
    },
    // Takes it back: it waits no longer. `stop`: what is under way is broken off, though it may have arrived.
    unsend(stop) {
      if (run) {
        run.over = true;
        if (stop) run.abort();
        run = null;
      }
      drop();
      said = "";
    },
    // At the beginning of a visit.
    resume: () => resume(false),
    end() { life.abort(); },
  };
}
