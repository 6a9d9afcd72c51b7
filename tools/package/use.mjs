// The package where there is no page, as when a server draws one: it can be imported, and loads nothing.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { load } from "buy-sell-hierarchy";

assert.equal(typeof document, "undefined");
assert.equal(await load({ base: "/bsh/" }), undefined);
assert.equal(await load(), undefined);
for (const name of ["element.js", "embed.js", "index.html", "LICENSES.txt"]) {
  const file = fileURLToPath(import.meta.resolve(`buy-sell-hierarchy/assets/${name}`));
  assert.ok(existsSync(file), `${file} is not there`);
}
await assert.rejects(import("buy-sell-hierarchy/bsh.d.ts"), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
