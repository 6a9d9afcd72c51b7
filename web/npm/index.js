// Brings <buy-sell-hierarchy> to a page that is built with a bundler: imports element.js from the folder where the files of
// this package's assets/ are served. Nothing happens when this is imported, so a server can.

const NAME = "buy-sell-hierarchy";
let before = Promise.resolve();

/**
 * Defines the element. `base` is the address of the folder with the files of assets/, against the page's when relative.
 * Resolves once the element can be used, at once where there is no page.
 */
export function load({ base } = {}) {
  if (typeof document === "undefined") return Promise.resolve();
  // One after the other: element.js learns its address from the link.
  const now = before.then(() => define(base));
  before = now.catch(() => {});
  return now;
}

async function define(base) {
  if (customElements.get(NAME)) return;
  if (!base) throw new TypeError(`load() of ${NAME} needs { base }: the address of the folder with the files of assets/`);
  const folder = String(base);
  const { href } = new URL(`${folder}${folder.endsWith("/") ? "" : "/"}element.js`, document.baseURI);
  const link = document.createElement("link");
  link.dataset.bsh = "";
  link.href = href;
  document.head.append(link);
  try {
    // The served file and no module of the bundle.
    await import(/* @vite-ignore */ /* webpackIgnore: true */ href);
  } catch (cause) {
    throw new Error(`${href} could not be loaded: are the files of ${NAME}/assets in that folder?`, { cause });
  } finally {
    link.remove();
  }
  if (!customElements.get(NAME)) throw new Error(`${href} did not define <${NAME}>: is it the file of this package?`);
}
