// The frame's side of embed.js: what the page around may ask, and what it hears. Joined into boot.js by the build.
//
// Active on a page with data-embed on <html>, inside another page that gave its origin as `host` in the address. It
// knows messages, height and look; of the questionnaire it knows only the verbs that it is given.

/**
 * @param query the address' parameters
 * @param root gives the wrapper whose height counts; asked anew each time, for it may be replaced
 * @param html the root element of the document
 * @param on what the page around may ask: reset() and exportResult() give promises, focus() and theme(word) give nothing
 * @returns active; tell(type, detail) for ready, start, progress, complete and error; top() when another page begins
 */
function frame({ query, root, html, on }) {
  const up = window.parent;
  const host = query.get("host");
  // As a browser writes it; "null" is that of a page without one.
  const isOrigin = (text) => {
    if (text === "null") return true;
    try {
      return new URL(text).origin === text;
    } catch {
      return false;
    }
  };
  if (!("embed" in html.dataset) || up === window || !isOrigin(host)) return { active: false, tell() {}, top() {} };

  const post = (type, rest) => up.postMessage({ bsh: 1, type, ...rest }, host === "null" ? "*" : host);
  const whole = (n) => Number.isSafeInteger(n) && n > 0;

  // ---- height ----

  const MOST = 10000;
  let greeted = false;
  let sent = 0;
  let tall = 0;
  let watched = null;
  let timer = 0;
  // How often the height may still change; more comes with time. A content that answers every height with another
  // would go on for ever; as it is, it gets slow.
  let left = 60;
  let filled = 0;

  // In the next frame: a height that is sent from inside of the observer could change again before it ends.
  const watch = new ResizeObserver(() => requestAnimationFrame(() => measure(false)));

  function measure(always) {
    const place = root();
    if (!place) return;
    if (place !== watched) {
      // Also where this began: what is no longer on the page has no height, which is a change.
      watch.disconnect();
      watch.observe(place);
      watched = place;
    }
    const box = place.getBoundingClientRect();
    tall = Math.ceil(box.height);
    const height = Math.min(MOST, Math.max(200, tall));
    if (!box.height || (!always && Math.abs(height - sent) < 2)) return;
    const now = performance.now();
    left = Math.min(60, left + (now - filled) / 500);
    filled = now;
    if (left < 1 && !always) {
      later(500);
      return;
    }
    left -= 1;
    sent = height;
    post("height", { height });
    later(1000);
  }

  // A page that gives the frame less room than it needs leaves it its scroll bar.
  const fits = () => greeted && tall <= MOST && window.innerHeight >= tall - 2;
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      measure(false);
      html.toggleAttribute("data-auto-height", fits());
    }, wait);
  }

  // ---- look ----

  const LOOK = "{{tokens}}";

  function dress({ theme, tokens }) {
    if (theme === "auto" || theme === "light" || theme === "dark") {
      on.theme(theme);
    }
    if (typeof tokens !== "string" || tokens.length > 4000) return;
    const given = new Map(tokens.split(";").map((pair) => {
      const at = pair.indexOf(":");
      return [pair.slice(0, at), pair.slice(at + 1).trim()];
    }));
    for (const name of Object.keys(LOOK)) {
      const value = given.get(name) || "";
      const fits = value.length <= 300 && !/[{}\\]|\b(?:url|image|src|var|env|attr)\s*\(/i.test(value)
        && CSS.supports(LOOK[name], value);
      if (fits) html.style.setProperty(`--bsh-${name}`, value);
      else html.style.removeProperty(`--bsh-${name}`);
    }
  }

  // ---- what the page around asks ----

  const answer = (type, n, work) => {
    if (!whole(n)) return;
    // A verb that fails has done nothing.
    Promise.resolve().then(work).catch(() => null).then((detail) => post(type, { n, detail: detail ?? null }));
  };

  const VERBS = {
    hello(data) {
      greeted = true;
      dress(data);
      measure(true);
      // Not at once: the room comes after the message.
      later(100);
    },
    theme: dress,
    reset: ({ n }) => answer("done", n, on.reset),
    export: ({ n }) => answer("exported", n, on.exportResult),
    focus: () => on.focus(),
  };

  addEventListener("message", ({ source, origin, data }) => {
    if (source !== up || origin !== host || typeof data !== "object" || !data || data.bsh !== 1) return;
    if (Object.hasOwn(VERBS, data.type)) VERBS[data.type](data);
  });
  // Only on: while the height is on its way, the scroll bar would come and go.
  addEventListener("resize", () => { if (fits()) html.dataset.autoHeight = ""; });

  dress({ theme: query.get("theme"), tokens: query.get("tokens") || "" });
  if (root()) measure(false);
  else document.addEventListener("DOMContentLoaded", () => measure(false), { once: true });
  post("open");

  return {
    active: true,
    tell(type, detail) {
      post(type, { detail: detail ?? {} });
      // A frame out of sight is not drawn, and nothing is observed in it.
      setTimeout(() => measure(false));
    },
    top() {
      measure(false);
      post("top");
    },
  };
}
