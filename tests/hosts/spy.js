// What a host page would notice of a guest that does not behave: errors, violations, focus, scrolling, history, keys,
// listeners, globals and changes outside of the widget. The first script of every host page; the tests ask window.spy.
(() => {
  "use strict";
  const add = EventTarget.prototype.addEventListener;
  const remove = EventTarget.prototype.removeEventListener;
  const on = (target, type, act, options) => add.call(target, type, act, options);
  const stringify = JSON.stringify;
  const name = (node) => {
    if (!(node instanceof Element)) return node === document ? "document" : node === window ? "window" : String(node && node.nodeName);
    return node.localName + (node.id ? `#${node.id}` : "");
  };
  const ours = (node) => {
    const element = node instanceof Element ? node : node && node.parentElement;
    return !!(element && element.closest("buy-sell-hierarchy, [data-bsh], iframe, [data-free]"));
  };

  const spy = window.spy = {
    errors: [], violations: [], focused: [], scrolled: [], historied: [], changed: [], keys: [], events: [], heights: [],
    programs: 0, memories: [], touched: false,
    started: { history: history.length, url: location.href, title: document.title, restoration: history.scrollRestoration },
  };

  // ---- errors ----
  on(window, "error", (event) => {
    if (event.message) spy.errors.push(`${event.message} (${event.filename}:${event.lineno})`);
  });
  on(window, "unhandledrejection", (event) => spy.errors.push(`rejected: ${event.reason}`));
  on(document, "securitypolicyviolation", (event) => {
    spy.violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });

  // ---- what is taken from the visitor ----
  for (const type of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    on(window, type, () => { spy.touched = true; }, { capture: true, passive: true });
  }
  on(document, "focusin", (event) => spy.focused.push(name(event.target)), true);
  on(window, "blur", () => spy.focused.push(`away to ${name(document.activeElement)}`));
  on(document, "scroll", () => spy.scrolled.push(Math.round(scrollY)));
  for (const verb of ["pushState", "replaceState", "back", "forward", "go"]) {
    const real = History.prototype[verb];
    History.prototype[verb] = function (...all) {
      spy.historied.push(verb);
      return real.apply(this, all);
    };
  }
  on(window, "keydown", (event) => {
    spy.keys.push({ key: event.key, target: name(event.target), prevented: event.defaultPrevented });
  });

  // ---- what is left in the page ----
  const before = new Set(Object.getOwnPropertyNames(window));
  // The host's own scripts may have theirs.
  spy.allow = () => { for (const key of Object.getOwnPropertyNames(window)) before.add(key); };
  // Drivers put names of their own here; a frame makes a number of itself, an id a name.
  spy.globals = () => Object.getOwnPropertyNames(window).filter((key) => !before.has(key)
    && !/^(\d+|spy|bshCounts|axe|__.*|se_.*|\$?cdc_.*|\$.*|ret_nodes|event)$/.test(key) && !document.getElementById(key)).join(" ");
  let parsed = false;
  const read = (records) => {
    for (const { type, target, attributeName, addedNodes, removedNodes } of records) {
      if (ours(target)) continue;
      if (type === "attributes") spy.changed.push(`${name(target)}[${attributeName}]`);
      else for (const node of [...addedNodes, ...removedNodes]) {
        // The parser is still at work, or a widget comes and goes as a whole.
        if (!parsed || ours(node) || node.nodeType !== 1) continue;
        spy.changed.push(`${name(target)} > ${name(node)}`);
      }
    }
  };
  const observer = new MutationObserver(read);
  observer.observe(document, { subtree: true, childList: true, attributes: true });
  on(document, "DOMContentLoaded", () => {
    read(observer.takeRecords());
    parsed = true;
  });

  // ---- listeners on what every widget shares ----
  const counted = new Map();
  const shared = (target) => target === window || target === document || target === document.documentElement
    || target === document.body || target === navigator || target === history
    || (typeof MediaQueryList === "function" && target instanceof MediaQueryList);
  const key = (target, type, options) => {
    const capture = typeof options === "object" && options ? !!options.capture : !!options;
    const kind = shared(target) && name(target);
    return `${kind === "null" || kind === "undefined" ? String(target) : kind}:${type}:${capture}`;
  };
  const held = (at) => counted.get(at) || counted.set(at, new Set()).get(at);
  EventTarget.prototype.addEventListener = function (type, act, options) {
    const target = this || window;
    if (act && shared(target) && !(options && options.signal && options.signal.aborted)) {
      const at = key(target, type, options);
      held(at).add(act);
      if (options && options.signal) on(options.signal, "abort", () => held(at).delete(act));
      if (options && options.once) on(target, type, () => held(at).delete(act), { once: true, capture: !!options.capture });
    }
    return add.call(target, type, act, options);
  };
  EventTarget.prototype.removeEventListener = function (type, act, options) {
    const target = this || window;
    if (shared(target)) held(key(target, type, options)).delete(act);
    return remove.call(target, type, act, options);
  };
  spy.listeners = () => {
    let said = "";
    for (const at of [...counted.keys()].sort()) if (counted.get(at).size) said += `${at} ${counted.get(at).size}; `;
    return said;
  };

  // ---- programs ----
  const note = (made) => {
    const instance = made && (made.instance || made);
    // By what it is: a build may give it any name.
    const memory = instance && instance.exports && Object.values(instance.exports).find((part) => part instanceof WebAssembly.Memory);
    if (memory) {
      spy.programs += 1;
      spy.memories.push(memory);
    }
    return made;
  };
  if (typeof WebAssembly === "object") {
    const { instantiate, instantiateStreaming, Instance } = WebAssembly;
    WebAssembly.instantiate = (...all) => instantiate.apply(WebAssembly, all).then(note);
    if (instantiateStreaming) {
      WebAssembly.instantiateStreaming = (...all) => instantiateStreaming.apply(WebAssembly, all).then(note);
    }
    // Still the class that instances are of.
    WebAssembly.Instance = new Proxy(Instance, { construct: (real, all) => note(new real(...all)) });
  }

  // ---- what the widget tells ----
  for (const type of ["ready", "start", "progress", "complete", "error"]) {
    on(document, `bsh-${type}`, (event) => spy.events.push({
      type, detail: event.detail === undefined ? null : event.detail, target: name(event.target),
      bubbles: event.bubbles, composed: event.composed,
    }));
  }
  on(window, "message", ({ data }) => {
    if (data && data.bsh && data.type === "height") spy.heights.push(data.height);
  });
  // As text: a page whose arrays turn themselves into something else still tells what happened.
  spy.told = () => stringify(spy.events.map(({ type, detail, target, bubbles, composed }) => ({ type, detail, target, bubbles, composed })));

  // What no guest may do, as one text; empty when all is well.
  spy.faults = () => {
    const all = [];
    const say = (what, list) => { if (list.length) all.push(`${what}: ${[...new Set(list)].slice(0, 5).join(", ")}`); };
    say("errors", spy.errors);
    say("violations", spy.violations);
    say("history", spy.historied);
    say("changed outside of the widget", spy.changed);
    if (history.length !== spy.started.history) all.push(`history of ${history.length}, not ${spy.started.history}`);
    if (history.state !== null) all.push(`history state ${history.state}`);
    if (history.scrollRestoration !== spy.started.restoration) all.push(`scroll restoration ${history.scrollRestoration}`);
    if (location.href !== spy.started.url) all.push(`address ${location.href}`);
    if (window.onbeforeunload) all.push("onbeforeunload");
    if (spy.globals()) all.push(`globals: ${spy.globals()}`);
    return all.join("; ");
  };
  // Before the visitor has touched anything.
  spy.early = () => {
    const all = [];
    if (spy.focused.length) all.push(`focus: ${spy.focused.slice(0, 5).join(", ")}`);
    if (document.activeElement !== document.body && document.activeElement !== null) all.push(`active: ${name(document.activeElement)}`);
    if (spy.scrolled.length) all.push(`scrolled to ${spy.scrolled.slice(0, 5).join(", ")}`);
    return all.join("; ");
  };
})();
