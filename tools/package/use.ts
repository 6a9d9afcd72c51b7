// What somebody writes who has the package from npm; each wrong use must be refused.
import { load } from "buy-sell-hierarchy";
import type { BshAttributes, BshResult, BuySellHierarchyElement, LoadOptions } from "buy-sell-hierarchy";

const done: Promise<void> = load({ base: "/bsh/" });
void done;
const options: LoadOptions = { base: new URL("https://files.example/bsh/") };
void load(options);

const element: BuySellHierarchyElement = document.createElement("buy-sell-hierarchy");
const attributes: BshAttributes = { lang: "nl", mode: "kiosk" };
element.addEventListener("bsh-complete", ({ detail }) => detail.level?.toFixed(0));
const result: Promise<BshResult | null> = element.exportResult();
void [attributes, result];

// @ts-expect-error: the folder must be said
void load({});
// @ts-expect-error: an address is a text or a URL
void load({ base: 1 });
// @ts-expect-error: answers are not to be had
element.answers();
