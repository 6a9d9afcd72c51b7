// The page where somebody tries colours, corners and a font: shows them in a preview, measures the contrast of every pair,
// and writes what is copied into a site. What is chosen stands in the fragment of the address and nowhere else.
(() => {
  "use strict";
  const { byId, make, tell, say, quietly } = tools;
  const doc = document;
  const SHADES = ["light", "dark"];
  const HEX = /^#[0-9a-f]{6}$/;
  const FONT = /^[A-Za-z0-9 ,"'-]{1,200}$/;

  // The built-in values, out of the style sheet: both shades of each colour, the radius.
  const built = { colors: {}, radius: 12 };
  const rule = [...doc.styleSheets].flatMap((sheet) => [...quietly(() => sheet.cssRules, [])])
    .find((one) => one.style && one.style.getPropertyValue("--bsh-accent"));
  for (const name of rule ? rule.style : []) {
    const value = rule.style.getPropertyValue(name).trim();
    const [, light, dark] = /^light-dark\(\s*(#[0-9a-f]{6})\s*,\s*(#[0-9a-f]{6})\s*\)$/i.exec(value) || [];
    if (dark) built.colors[name.slice(6)] = { light: light.toLowerCase(), dark: dark.toLowerCase() };
    if (name === "--bsh-radius") built.radius = parseInt(value, 10);
  }
  const NAMES = Object.keys(built.colors);

  // What is chosen: every shade of every colour, the radius, the font (blank for the built-in one).
  const now = {};
  const start = () => {
    now.colors = {};
    for (const name of NAMES) now.colors[name] = { ...built.colors[name] };
    now.radius = built.radius;
    now.font = "";
  };
  start();

  const isChanged = (name, shade) => now.colors[name][shade] !== built.colors[name][shade];
  const changed = () => NAMES.filter((name) => SHADES.some((shade) => isChanged(name, shade)));

  // ---- the address ----

  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const name of NAMES) {
      for (const shade of SHADES) {
        const value = `#${given.get(`${shade}.${name}`)}`;
        if (HEX.test(value)) now.colors[name][shade] = value;
      }
    }
    const radius = given.get("radius");
    if (/^\d{1,2}$/.test(radius) && +radius <= 24) now.radius = +radius;
    if (FONT.test(given.get("font") || "")) now.font = given.get("font");
  }

  let timer = 0;
  function toAddress() {
    const made = new URLSearchParams();
    for (const name of NAMES) {
      for (const shade of SHADES) if (isChanged(name, shade)) made.set(`${shade}.${name}`, now.colors[name][shade].slice(1));
    }
    if (now.radius !== built.radius) made.set("radius", now.radius);
    if (now.font) made.set("font", now.font);
    const said = made.toString();
    // Browsers refuse too many changes in a short time.
    clearTimeout(timer);
    timer = setTimeout(() => quietly(() =>
      history.replaceState(history.state, "", location.pathname + location.search + (said && `#${said}`))), 300);
  }

  // ---- the preview ----

  const element = make("buy-sell-hierarchy");
  element.setAttribute("mode", "kiosk");
  const dark = quietly(() => matchMedia("(prefers-color-scheme: dark)").matches, false);
  const shown = doc.querySelectorAll("input[name=shown]");
  for (const one of shown) {
    one.checked = (one.value === "dark") === dark;
    if (one.checked) element.setAttribute("theme", one.value);
    one.addEventListener("change", () => element.setAttribute("theme", one.value));
  }

  const properties = () => {
    const list = changed().map((name) => [`--bsh-${name}`, `light-dark(${now.colors[name].light}, ${now.colors[name].dark})`]);
    if (now.radius !== built.radius) list.push(["--bsh-radius", `${now.radius}px`]);
    if (now.font) list.push(["--bsh-font", now.font]);
    return list;
  };

  let dressed = [];
  function dress() {
    const list = properties();
    for (const name of dressed) if (!list.some(([one]) => one === name)) element.style.removeProperty(name);
    for (const [name, value] of list) element.style.setProperty(name, value);
    dressed = list.map(([name]) => name);
  }

  // ---- contrast ----

  // Each pair that is checked: the colour in front, the one behind, the least ratio.
  let pairs = [];
  let mods = null;
  const ratio = (number) => number.toLocaleString(tools.lang(), { minimumFractionDigits: 2 });
  // Rounded down, so that 4.499 is not said to be enough.
  const measured = () => pairs.flatMap(([fore, back, least]) => SHADES.map((shade) => {
    const [a, b] = [now.colors[fore][shade], now.colors[back][shade]];
    const found = +mods.color_contrast(a, b);
    return { fore, back, least, shade, a, b, found, passes: found >= least };
  }));
  const called = (one) => tell("theme.pair", { fore: tell(`pair.${one.fore}`), back: tell(`pair.${one.back}`) });

  function contrast() {
    if (!mods) return;
    const all = measured();
    const failing = all.filter((one) => !one.passes);
    say(byId("verdict"), !failing.length ? tell("theme.pass")
      : tell(failing.length === 1 ? "theme.fail.one" : "theme.fail.many", { n: failing.length }));
    byId("failing").replaceChildren(...failing.map((one) => {
      const item = make("li");
      const said = tell("theme.failing", {
        pair: called(one), shade: tell(`theme.${one.shade}`), ratio: ratio(one.found), least: ratio(one.least),
      });
      item.append(sample(one.a, one.b), make("span", said));
      const nearest = mods.nearest_color(one.a, one.b, String(one.least));
      if (nearest) {
        const take = tools.button(tell("theme.take", { color: nearest }), () => {
          set(one.fore, one.shade, nearest);
          say(byId("verdict"), "");
          refresh();
          // The button is gone: on to the next one, or to the verdict.
          (doc.querySelector("#failing button") || byId("verdict")).focus();
        });
        take.setAttribute("aria-label", `${said} ${take.textContent}`);
        item.append(" ", take);
      }
      return item;
    }));
    byId("pairs").replaceChildren(...pairs.map(([fore, back], index) => {
      const row = make("tr");
      const head = make("th", called({ fore, back }));
      head.scope = "row";
      row.append(head);
      for (const one of all.slice(index * 2, index * 2 + 2)) {
        const cell = make("td");
        cell.append(sample(one.a, one.b), make("span", ratio(one.found)), " ",
          make("small", tell(one.passes ? "theme.passes" : "theme.fails")));
        if (!one.passes) cell.className = "bsh-fails";
        row.append(cell);
      }
      return row;
    }));
  }

  // Its letters are drawn by the style sheet: what is to be seen here cannot always be read.
  const sample = (fore, back) => {
    const one = make("span", "", "bsh-sample");
    one.style.setProperty("color", fore);
    one.style.setProperty("background-color", back);
    return one;
  };

  // ---- what is copied ----

  function snippets() {
    const list = properties();
    byId("same").hidden = !!list.length;
    byId("snippets").hidden = !list.length;
    if (!list.length) return;
    const rules = list.map(([name, value]) => `  ${name}: ${value};\n`).join("");
    byId("css").value = `buy-sell-hierarchy {\n${rules}}\n`;
    // embed.js hands on what it finds on its <div>.
    byId("frame").value = `[data-bsh] {\n${rules}}\n`;
    const brand = {};
    for (const shade of SHADES) {
      for (const name of NAMES) {
        if (!isChanged(name, shade)) continue;
        brand.colors ||= {};
        (brand.colors[shade] ||= {})[name] = now.colors[name][shade];
      }
    }
    if (now.radius !== built.radius) brand.radius = now.radius;
    if (now.font) brand.font = now.font;
    byId("brand").value = `"brand": ${JSON.stringify(brand, null, 2)}\n`;
  }

  // ---- the fields ----

  const fields = {};
  for (const name of NAMES) {
    const box = make("fieldset", "", "bsh-color");
    const legend = make("legend");
    const shades = make("div", "", "bsh-shades");
    fields[name] = { legend };
    for (const shade of SHADES) {
      const label = make("label");
      const [said, picker, hex] = [make("span"), make("input"), make("input")];
      picker.type = "color";
      picker.id = `${shade}-${name}`;
      hex.type = "text";
      [hex.maxLength, hex.spellcheck, hex.autocomplete] = [7, false, "off"];
      label.append(said, picker);
      picker.addEventListener("input", () => {
        set(name, shade, picker.value.toLowerCase());
        refresh();
      });
      hex.addEventListener("input", () => {
        const value = hex.value.trim().toLowerCase().replace(/^#?/, "#");
        hex.setAttribute("aria-invalid", !HEX.test(value));
        if (!HEX.test(value)) return;
        now.colors[name][shade] = value;
        picker.value = value;
        refresh();
      });
      // Left unfinished, it is what it was.
      hex.addEventListener("change", () => set(name, shade, now.colors[name][shade]));
      const one = make("div", "", "bsh-shade");
      one.append(label, hex);
      shades.append(one);
      fields[name][shade] = { said, picker, hex };
    }
    box.append(legend, shades);
    byId("colors").append(box);
  }

  function set(name, shade, value) {
    now.colors[name][shade] = value;
    const { picker, hex } = fields[name][shade];
    [picker.value, hex.value] = [value, value];
    hex.setAttribute("aria-invalid", "false");
  }

  function fill() {
    for (const name of NAMES) for (const shade of SHADES) set(name, shade, now.colors[name][shade]);
    byId("radius").value = now.radius;
    byId("font").value = now.font;
    byId("font-wrong").hidden = true;
    byId("font").setAttribute("aria-invalid", "false");
  }

  byId("radius").addEventListener("input", () => {
    now.radius = +byId("radius").value;
    refresh();
  });
  byId("font").addEventListener("input", () => {
    const font = byId("font").value.trim();
    const fits = !font || FONT.test(font);
    byId("font-wrong").hidden = fits;
    byId("font").setAttribute("aria-invalid", !fits);
    if (!fits) return;
    now.font = font;
    refresh();
  });
  byId("reset").addEventListener("click", () => {
    start();
    fill();
    refresh();
    say(byId("reset-state"), tell("theme.reset.done"));
  });

  function refresh() {
    say(byId("reset-state"), "");
    byId("radius-now").value = now.radius;
    dress();
    contrast();
    snippets();
    toAddress();
  }

  // ---- the beginning ----

  tools.onWords(() => {
    for (const name of NAMES) {
      fields[name].legend.textContent = tell(`color.${name}`);
      for (const shade of SHADES) {
        const { said, hex } = fields[name][shade];
        said.textContent = tell(`theme.${shade}`);
        hex.setAttribute("aria-label", tell("theme.hex", { shade: tell(`theme.${shade}`) }));
      }
    }
    element.setAttribute("lang", tools.lang());
    contrast();
  });
  byId("verdict").tabIndex = -1;
  fromAddress();
  fill();
  refresh();
  // Another theme by a link while the page is open.
  addEventListener("hashchange", () => {
    start();
    fromAddress();
    fill();
    refresh();
  });
  tools.ready.then(() => {
    byId("screen").append(element);
    tools.preview(element);
    return tools.author();
  }).then((got) => {
    mods = got;
    pairs = mods.color_pairs().split("\n").map((line) => line.split("\t")).map(([fore, back, least]) => [fore, back, +least]);
    contrast();
  }).catch(tools.trouble);
})();
