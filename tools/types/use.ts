// Everything that web/types/bsh.d.ts promises, used as a page would; each wrong use must be refused.
import type {
  BshAttributes, BshData, BshDiv, BshFrameMessage, BshHostMessage, BshResult, BuySellHierarchyElement,
} from "../../web/types/bsh";

// ---- the element ----

const made: BuySellHierarchyElement = document.createElement("buy-sell-hierarchy");
const found: BuySellHierarchyElement | null = document.querySelector("buy-sell-hierarchy");
made.focus({ preventScroll: true });
found?.focus();
const again: Promise<boolean> = made.reset();
const result: Promise<BshResult | null> = made.exportResult();
void again;
void result.then((detail) => detail && detail.level !== undefined && detail.level.toFixed(0));

// @ts-expect-error: a result is there or null
void made.exportResult().then((detail) => detail.level);
// @ts-expect-error: answers are not to be had
made.answers();
// @ts-expect-error: nothing can be put in
made.reset("all");
// @ts-expect-error: another name
const wrong: BuySellHierarchyElement = document.createElement("buy-sell-hierarchies");
void wrong;

// ---- its attributes ----

const attributes: Required<BshAttributes> = {
  lang: "nl", pack: "/packs/acme/", "pack-origins": "https://a.example https://b.example", mode: "kiosk", theme: "host",
  "storage-key": "fair", form: "full", account: "Metal Works", "report-result": "", loading: "eager",
};
for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
const data: Required<BshData> = {
  "data-lang": "sv", "data-pack": "packs/acme.json", "data-mode": "customer", "data-theme": "auto",
  "data-storage-key": "x", "data-form": "short", "data-account": "", "data-report-result": "true",
  "data-loading": "lazy", "data-title": "Where do you stand?", "data-sandbox": "allow-scripts",
};
void data;

// @ts-expect-error: no such mode
const mode: BshAttributes = { mode: "exam" };
// @ts-expect-error: no such theme
const theme: BshAttributes = { theme: "blue" };
// @ts-expect-error: a frame takes no other origins
const origins: BshData = { "data-pack-origins": "https://a.example" };
// @ts-expect-error: an attribute is a text
const flag: BshAttributes = { "report-result": true };
void [mode, theme, origins, flag];

// ---- events, on the element and from further up ----

made.addEventListener("bsh-ready", (event) => event.detail);
made.addEventListener("bsh-start", (event) => event.stopPropagation());
made.addEventListener("bsh-progress", ({ detail }) => (detail.answered / detail.of).toFixed(2));
made.addEventListener("bsh-complete", ({ detail: { instrument, kind, level, position, quadrant } }) => {
  const names: string[] = [instrument, kind, quadrant ?? ""];
  const numbers: (number | undefined)[] = [level, position];
  void [names, numbers];
});
document.addEventListener("bsh-error", ({ detail }) => detail.cause.toUpperCase());

// @ts-expect-error: progress is two numbers
made.addEventListener("bsh-progress", ({ detail }) => detail.answers);
// @ts-expect-error: only with report-result
made.addEventListener("bsh-complete", ({ detail }) => detail.level.toFixed(1));
// @ts-expect-error: a detail is not for writing
made.addEventListener("bsh-error", ({ detail }) => { detail.cause = ""; });
// @ts-expect-error: the start says nothing more
made.addEventListener("bsh-start", ({ detail }: CustomEvent<{ form: string }>) => detail.form);

// ---- the div of embed.js ----

const div = document.querySelector<BshDiv>("div[data-bsh]");
div?.addEventListener("bsh-complete", ({ detail }) => detail.instrument);
div?.bsh?.focus();
div?.bsh?.restyle();
void div?.bsh?.reset().then((done: boolean) => done);
void div?.bsh?.exportResult().then((detail) => detail?.position);

// @ts-expect-error: a browser may be too old
div?.bsh.focus();
// @ts-expect-error: only the script sets it
if (div) div.bsh = undefined;

// ---- a frame without embed.js ----

const said = (message: BshFrameMessage): number => {
  switch (message.type) {
    case "height": return message.height;
    case "progress": return message.detail.answered;
    case "exported": return message.detail?.level ?? message.n;
    default: return 0;
  }
};
const hello: BshHostMessage = { bsh: 1, type: "hello", theme: "dark", tokens: "accent:#0b6757;radius:4px" };
const ask: BshHostMessage = { bsh: 1, type: "export", n: 1 };
void [said, hello, ask];

// @ts-expect-error: a question has a number
const unnumbered: BshHostMessage = { bsh: 1, type: "reset" };
// @ts-expect-error: there is no way to ask for answers
const answers: BshHostMessage = { bsh: 1, type: "answers", n: 1 };
void [unnumbered, answers];
