// Types of index.js, and those of the element, its events and its options.
export type {
  BshAttributes, BshData, BshDiv, BshError, BshEventMap, BshFrame, BshFrameMessage, BshHostMessage, BshMethods, BshNothing,
  BshProgress, BshResult, BuySellHierarchyElement,
} from "./bsh.js";

export interface LoadOptions {
  /** The address of the folder where the files of this package's `assets/` are served, against the page's when relative. */
  base: string | URL;
}

/**
 * Defines `<buy-sell-hierarchy>`. Resolves once the element can be used, and at once where there is no page, as on a server.
 * Is refused when the files are not in that folder. May be called more than once.
 */
export function load(options: LoadOptions): Promise<void>;
