// The element <buy-sell-hierarchy>: an assessment inside somebody else's page, in an open shadow root. One script brings
// it; it may be loaded twice, late, and beside other copies. All elements of a page share the programs.
(() => {
  "use strict";
  const NAME = "buy-sell-hierarchy";
  // A module has no currentScript: the npm package's loader leaves a link while it imports this.
  const me = document.currentScript || document.querySelector("link[data-bsh]") || document.querySelector('script[src*="element.js"]');
  if (!window.customElements || customElements.get(NAME) || !me) return;
  const from = me.src || me.href;
  //#include run.js
  //#include lead.js
  //#include place.js
  const doc = document;
  const ASSETS = "{{assets}}";
  const OPTIONS = "{{options}}";
  const parts = kit(ASSETS, from);
  const EVENTS = ["ready", "start", "progress", "complete", "error"];

  // ---- style ----

  // Sizes stand in rem, which is the host's: here they are made from what this browser calls a medium size.
  const unit = (shadow) => {
    const probe = doc.createElement("span");
    probe.style.setProperty("font-size", "medium");
    shadow.append(probe);
    const size = parseFloat(getComputedStyle(probe).fontSize) || 16;
    probe.remove();
    return size;
  };
  let rem = 0;
  const sheets = Object.create(null);
  const sheet = (key, shadow) => sheets[key] ||= parts.get(parts.at(key)).then(([bytes]) => {
    rem ||= unit(shadow);
    const made = new CSSStyleSheet();
    made.replaceSync(parts.decode(bytes).replace(/(\d*\.?\d+)rem\b/g, (_, n) => `${n * rem}px`));
    return made;
  }).catch((error) => { delete sheets[key]; throw error; });
  // Until the style is there: room, so that little jumps.
  const early = new CSSStyleSheet();
  early.replaceSync(":host{display:block}:host([hidden]){display:none}.bsh:not([data-done]){min-height:480px}");

  // ---- names in storage ----

  // Two elements of one page never write over each other: the second of a name is name-2, in the order of the page.
  const taken = new Map();
  const take = (element, wish) => {
    let name = wish;
    for (let n = 2; taken.has(name) && taken.get(name) !== element; n += 1) name = `${wish}-${n}`;
    taken.set(name, element);
    return name;
  };
  const release = (element) => taken.forEach((owner, name) => { if (owner === element) taken.delete(name); });

  // A link of ours in the host's address belongs to the first element that takes such links.
  const listening = new Set();
  addEventListener("hashchange", () => {
    const [element] = listening;
    const hash = element ? takeLink() : "";
    if (hash) element.hear(hash);
  });

  const seen = "IntersectionObserver" in window && new IntersectionObserver((entries) => {
    entries.forEach(({ isIntersecting, target }) => { if (isIntersecting) target.wake(); });
  }, { rootMargin: "800px 0px" });

  const secret = new WeakMap();
  const mine = (element) => secret.get(element);

  class Assessment extends HTMLElement {
    static get observedAttributes() { return Object.keys(OPTIONS); }

    constructor() {
      super();
      secret.set(this, {
        site: null, place: null, box: null, memory: keeps(), travel: null, link: "", given: null, waiting: false, queued: false,
        key: "", wish: "", stale: false, brand: null, later: false,
      });
    }

    connectedCallback() {
      const my = mine(this);
      // Moved within the page: what runs goes on.
      if (my.site || my.waiting) return;
      // Set on the element before this script came.
      ["reset", "exportResult", "focus"].forEach((name) => { if (Object.hasOwn(this, name)) delete this[name]; });
      this.claim();
      if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [early];
      if (!my.box) this.fresh();
      this.dress();
      my.waiting = true;
      if (seen && this.option("loading") !== "eager" && !my.link) seen.observe(this);
      else this.wake();
    }

    disconnectedCallback() {
      // Moving takes an element out and puts it in again at once.
      queueMicrotask(() => {
        if (this.isConnected) return;
        this.stop();
        listening.delete(this);
        release(this);
        if (seen) seen.unobserve(this);
      });
    }

    attributeChangedCallback(name, before, after) {
      const my = mine(this);
      if (before === after || !my.box) return;
      if (name === "lang") {
        if (!my.site) return undefined;
        my.place.around = this.around();
        return my.site.change(this.option("lang"));
      }
      if (name === "theme") return this.dress();
      if (name === "loading") return after === "eager" ? this.wake() : undefined;
      // Another one begins at its start, where it is said what the host is told.
      if (my.site) my.stale = true;
      else my.travel = null;
      if (my.queued) return undefined;
      // Several that change together begin anew once.
      my.queued = true;
      queueMicrotask(() => {
        my.queued = false;
        if (this.isConnected) this.claim();
        if (my.stale && my.site) this.again();
        my.stale = false;
      });
      return undefined;
    }

    // ---- what a host may ask ----

    reset() {
      const { site } = mine(this);
      return site ? site.reset() : Promise.resolve(true);
    }

    exportResult() {
      const { site } = mine(this);
      return Promise.resolve(site ? site.result() : null);
    }

    focus() {
      const { site } = mine(this);
      if (site) site.focus();
      else this.wake();
    }

    /** Shows a pack that is not on the web yet: by language code its two compiled files. Nothing is stored. */
    show(packs) {
      mine(this).given = packs;
      // Answers to the questions before are nobody's.
      mine(this).memory = keeps();
      mine(this).waiting = true;
      this.again();
    }

    // ---- inside ----

    option(name) {
      return this.flag(name) ? this.getAttribute(name) : "";
    }

    // Is it there, with a value that makes sense?
    flag(name) {
      return fits(OPTIONS, name, this.getAttribute(name));
    }

    own() {
      const given = this.option("pack");
      return given ? quietly(() => new URL(given, doc.baseURI), null) : null;
    }

    wish() {
      return this.option("storage-key") || nameOf(this.own()) || "default";
    }

    // The language of the page around.
    around() {
      for (let at = this.parentNode; at; at = at.parentNode || at.host) if (at.lang) return at.lang;
      return "";
    }

    // Its name in storage, and the links of ours that come in the address.
    claim() {
      const my = mine(this);
      const wish = this.wish();
      // Another attribute does not change the name, nor does it when a neighbour has gone.
      if (my.wish !== wish || taken.get(my.key) !== this) {
        release(this);
        my.wish = wish;
        my.key = take(this, wish);
      }
      if (!takesLinks(this.option("mode"))) listening.delete(this);
      else {
        listening.add(this);
        my.link ||= takeLink();
      }
    }

    hear(hash) {
      const my = mine(this);
      if (my.site) return my.site.link(hash);
      my.link = hash;
      this.wake();
    }

    dress() {
      const { box } = mine(this);
      const theme = this.option("theme");
      if (theme && theme !== "host") box.dataset.theme = theme;
      else delete box.dataset.theme;
    }

    wake() {
      const my = mine(this);
      if (seen) seen.unobserve(this);
      if (!my.waiting) return;
      my.waiting = false;
      this.claim();
      this.run();
    }

    stop() {
      const my = mine(this);
      my.waiting = false;
      if (my.site) my.site.end();
      my.site = null;
      if (my.box) my.box.replaceChildren();
    }

    // An empty place in the shadow root, instead of the one that was there.
    fresh() {
      const box = doc.createElement("div");
      box.id = "bsh-root";
      box.className = "bsh";
      box.dir = "ltr";
      box.dataset.embed = "";
      keep(box);
      return this.put(box);
    }

    put(box) {
      const my = mine(this);
      if (my.box) my.box.remove();
      my.box = box;
      this.shadowRoot.append(box);
      this.dress();
      return box;
    }

    again() {
      const my = mine(this);
      this.stop();
      my.travel = null;
      if (this.isConnected) this.run();
    }

    run() {
      const my = mine(this);
      const shadow = this.shadowRoot;
      const own = this.own();
      const mode = my.given ? "kiosk" : this.option("mode") || "assessment";
      const memory = my.memory;
      my.travel ||= inMemory((entry) => { if (my.site) my.site.popped(entry); });
      if (my.link.startsWith("#bsh-invite")) my.travel.put(`invited start -\n${my.link}`);
      my.brand ||= new CSSStyleSheet();
      const wear = async () => {
        const first = await sheet("css", shadow);
        const later = my.later && await sheet("laterCss", shadow);
        shadow.adoptedStyleSheets = [first, later, my.brand, early].filter(Boolean);
      };
      my.place = {
        scope: shadow, get html() { return my.box; }, root: () => my.box, ready: Promise.resolve(), embedded: true,
        link: my.link, given: my.given, started: false, asked: "", fault: "",
        foreign: isForeign(own, from, this.option("pack-origins")),
        around: this.around(),
        dropzone: shadow,
        options: {
          lang: this.option("lang"), pack: my.given ? null : own, key: my.key, mode,
          form: this.option("form") || "short",
          account: this.option("account"),
          report: this.flag("report-result") ? location.host : "",
        },
        storage: () => (mode === "kiosk" ? memory : localStorage),
        history: my.travel,
        styles: wear,
        laterStyles: () => { my.later = true; return wear(); },
        brand: (rules) => { my.brand.replaceSync(`:host{${rules}}`); },
        dress: () => {},
        speaks: (lang) => {
          my.box.lang = lang;
          // The room that was kept is given back once what is in it has been laid out: WebKit does that in a second step.
          requestAnimationFrame(() => requestAnimationFrame(() => { my.box.dataset.done = ""; }));
        },
        title: () => {},
        // The focus goes to the heading, which brings it into view; the host's page is not moved otherwise.
        top: () => {},
        print: () => printOnly(my.box, shadow),
        again: () => this.again(),
        here: () => location.href.replace(/#.*/, ""),
        mark: () => {},
        clean: () => {},
        fresh: () => this.fresh(),
        put: (box) => this.put(box),
        leave: () => {
          const { box } = my;
          this.fresh();
          return box;
        },
        tell: (type, detail) => {
          if (!EVENTS.includes(type)) return;
          this.dispatchEvent(new CustomEvent(`bsh-${type}`, { bubbles: true, composed: true, detail }));
        },
      };
      my.link = "";
      my.site = parts.run(my.place);
    }
  }

  // What is typed in here is no shortcut of the host: it sees the element, not the field. What no field uses goes on to it.
  function keep(box) {
    const typed = (event) => {
      const field = event.target.closest?.("input, textarea, select");
      if (field && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(Escape|Tab|F\d+)$/.test(event.key)) event.stopPropagation();
    };
    ["keydown", "keypress", "keyup"].forEach((type) => box.addEventListener(type, typed));
  }

  // The widget alone on paper: a frame without an address takes a copy of what is shown, with the same style.
  function printOnly(box, shadow) {
    const frame = doc.createElement("iframe");
    // Not hidden: some browsers print nothing of a frame that is.
    ["position:fixed", "left:-10px", "width:1px", "height:1px", "border:0"].forEach((rule) => {
      frame.style.setProperty(...rule.split(":"), "important");
    });
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    doc.body.append(frame);
    const inside = frame.contentDocument;
    const view = frame.contentWindow;
    if (!inside) return frame.remove();
    const style = new view.CSSStyleSheet();
    const rules = [].concat(...Array.from(shadow.adoptedStyleSheets).map((one) => Array.from(one.cssRules, (rule) => rule.cssText)));
    style.replaceSync(rules.join("\n").replaceAll(":host", ":root"));
    inside.adoptedStyleSheets = [style];
    // The look that the host gave.
    const look = getComputedStyle(shadow.host);
    new Set(rules.join("").match(/--bsh-[a-z-]+/g)).forEach((name) => {
      inside.documentElement.style.setProperty(name, look.getPropertyValue(name));
    });
    inside.documentElement.lang = box.lang;
    inside.body.append(inside.importNode(box, true));
    view.addEventListener("afterprint", () => frame.remove());
    setTimeout(() => frame.remove(), 60000);
    view.print();
  }

  customElements.define(NAME, Assessment);
})();
