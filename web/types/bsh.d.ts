// Types of what element.js and embed.js bring to a page. A module: import it for its types, or name it in `types`.
// The options are those of xtask/src/options.rs, which a test compares with this file.

/** The attributes of `<buy-sell-hierarchy>`. All may change while it runs. */
export interface BshAttributes {
  /** The language shown first: `en`, `nl`, `sv`, or one of the pack. */
  "lang"?: string;
  /** Own questions and brand: a folder of compiled files (ends with `/`) or one `.json` file. */
  "pack"?: string;
  /** Other origins that `pack` may name, with spaces between. */
  "pack-origins"?: string;
  "mode"?: "assessment" | "workspace" | "customer" | "kiosk";
  "theme"?: "host" | "auto" | "light" | "dark";
  /** Under which name answers are kept: 1 to 40 of `a-z A-Z 0-9 . _ -`. */
  "storage-key"?: string;
  /** The length that is preselected. */
  "form"?: "short" | "full";
  /** The customer's name that is filled in at the start, at most 80 characters. */
  "account"?: string;
  /** Level and position are handed over with the result; the user is told so before the start. */
  "report-result"?: "" | "true" | "false";
  "loading"?: "lazy" | "eager";
}

/** The options of a `<div data-bsh>`, read once, when embed.js makes the frame. */
export interface BshData {
  "data-lang"?: string;
  /** Relative to embed.html, and from its own origin only. */
  "data-pack"?: string;
  "data-mode"?: "assessment" | "workspace" | "customer" | "kiosk";
  "data-theme"?: "host" | "auto" | "light" | "dark";
  "data-storage-key"?: string;
  "data-form"?: "short" | "full";
  "data-account"?: string;
  "data-report-result"?: "" | "true" | "false";
  "data-loading"?: "lazy" | "eager";
  /** The frame's name for screen readers. */
  "data-title"?: string;
  /** As of an iframe; `allow-scripts` is needed. */
  "data-sandbox"?: string;
}

/** An event that says nothing but its name. */
export type BshNothing = Readonly<Record<string, never>>;

/** So many of the questions of this part have an answer. */
export interface BshProgress {
  readonly answered: number;
  readonly of: number;
}

/** A result is shown. Only with the option `report-result` does it say which; it never holds an answer. */
export interface BshResult {
  /** Id of the instrument in the pack. */
  readonly instrument: string;
  readonly kind: string;
  /** The level reached, from 1. */
  readonly level?: number;
  /** Level and the way to the next one, with one decimal: 1.0 to 5.9. */
  readonly position?: number;
  /** Id of the quadrant, of a matrix. */
  readonly quadrant?: string;
  /** A pack may bring kinds of results with more to them. */
  readonly [more: string]: string | number | boolean | null | undefined;
}

/** The questionnaire cannot go on; the visitor reads why. */
export interface BshError {
  /** One of the panels, such as `missing`, `csp`, `pack` or `crash`. */
  readonly cause: string;
}

/** All of them bubble and leave a shadow root. */
export interface BshEventMap {
  "bsh-ready": CustomEvent<BshNothing>;
  "bsh-start": CustomEvent<BshNothing>;
  "bsh-progress": CustomEvent<BshProgress>;
  "bsh-complete": CustomEvent<BshResult>;
  "bsh-error": CustomEvent<BshError>;
}

export interface BshMethods {
  /** Back to an empty start, after a question to the user where answers would be lost; false when the user declined. */
  reset(): Promise<boolean>;
  /** The detail of the last `bsh-complete`; null before one, and without `report-result`. */
  exportResult(): Promise<BshResult | null>;
  /** Moves the focus to the heading. */
  focus(options?: FocusOptions): void;
}

export interface BuySellHierarchyElement extends HTMLElement, BshMethods {
  focus(options?: FocusOptions): void;
}

/** What embed.js adds to its div. */
export interface BshFrame extends BshMethods {
  /** Hands the page's `--bsh-*` properties and color scheme to the frame anew, after they have changed. */
  restyle(): void;
}

/** A div once embed.js has made its frame; absent in a browser that is too old. */
export interface BshDiv extends HTMLDivElement {
  readonly bsh?: BshFrame;
}

/** What embed.html says to the page around, for who listens without embed.js and gave `host` in the address. */
export type BshFrameMessage =
  | { readonly bsh: 1; readonly type: "open" | "top" }
  | { readonly bsh: 1; readonly type: "height"; readonly height: number }
  | { readonly bsh: 1; readonly type: "ready" | "start"; readonly detail: BshNothing }
  | { readonly bsh: 1; readonly type: "progress"; readonly detail: BshProgress }
  | { readonly bsh: 1; readonly type: "complete"; readonly detail: BshResult }
  | { readonly bsh: 1; readonly type: "error"; readonly detail: BshError }
  | { readonly bsh: 1; readonly type: "done"; readonly n: number; readonly detail: boolean | null }
  | { readonly bsh: 1; readonly type: "exported"; readonly n: number; readonly detail: BshResult | null };

/** What the page around may say to embed.html. `tokens` is `accent:#0b6757;radius:4px`. */
export type BshHostMessage =
  | { readonly bsh: 1; readonly type: "hello" | "theme"; readonly theme?: "auto" | "light" | "dark"; readonly tokens?: string }
  | { readonly bsh: 1; readonly type: "reset" | "export"; readonly n: number }
  | { readonly bsh: 1; readonly type: "focus" };

declare global {
  interface HTMLElementTagNameMap {
    "buy-sell-hierarchy": BuySellHierarchyElement;
  }
  interface HTMLElementEventMap extends BshEventMap {}
  interface DocumentEventMap extends BshEventMap {}
}
