// Looks at workflows: GitHub's own checker first, then the rules of this project. Nothing is fetched.
//
//   node check.mjs FILE...           every fault is shown, and the exit code is 1 if there is one
//   node check.mjs --expect FILE     every line with `#! words` must have a fault with these words, and no other line any
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { basename } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";

// The checker is made for bundlers, which take JSON without being told that it is JSON.
const asJson = 'export const load = (url, context, next) => next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context)';
register(`data:text/javascript,${encodeURIComponent(asJson)}`);
const { validate } = await import("@actions/languageservice");

const RUST = /^rust-version = "(.+)"$/m.exec(readFileSync("Cargo.toml", "utf8"))?.[1];

/** Faults that GitHub would find when it reads the file: keys, types, expressions, the names of jobs. */
async function github(file, text) {
  const found = await validate(TextDocument.create(`file:///.github/workflows/${basename(file)}`, "yaml", 1, text), {
    // A workflow of our own that is called is looked at by itself.
    fileProvider: { getFileContent: async () => ({ name: "ci.yml", content: "on: workflow_call\njobs: { a: { runs-on: x, steps: [{ run: x }] } }" }) },
  });
  return found.map(({ message, range }) => ({ line: range.start.line + 1, message }));
}

/** Faults against this project's own rules: least rights, nothing from a moving tag, nothing from outside in a shell. */
function house(text) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const source = text.split("\n");
  const faults = [];
  const at = (node) => lines.linePos(node?.range?.[0] ?? 0).line;
  const fault = (node, message) => faults.push({ line: at(node), message });

  const key = (map, name) => map.items?.find((pair) => pair.key.value === name)?.key;
  const rights = document.get("permissions", true);
  if (!isMap(rights) || rights.items.length > 0) fault(key(document.contents, "permissions"), "a workflow has `permissions: {}`, its jobs what they need");

  visit(document, {
    Pair(_, { key: name, value }) {
      if (!isScalar(value) || typeof value.value !== "string") return;
      const words = value.value;
      if (name.value === "run" && words.includes("${{")) fault(name, "an expression in a script can be a script: hand it over by `env`");
      if (words.includes("secrets.")) fault(name, "no secret is needed: `github.token`, and OIDC for npm and Pages");
      if (name.value === "uses" && !words.startsWith("./")) {
        const pinned = /@[0-9a-f]{40}$/.test(words) && /# v\d+\.\d+\.\d+$/.test(source[at(value) - 1].replace(/ #!.*/, ""));
        if (!pinned) fault(name, "an action is pinned to a commit, with its version as `# v1.2.3` behind it");
      }
      const rust = name.value === "RUST" ? words : name.value === "image" ? /^rust:([^-]+)/.exec(words)?.[1] : undefined;
      if (rust !== undefined && !rust.startsWith(`${RUST}.`)) fault(name, `Cargo.toml says Rust ${RUST}`);
    },
  });

  for (const { key: name, value: job } of document.get("jobs")?.items ?? []) {
    const steps = job.get("steps")?.items ?? [];
    const own = job.get("permissions");
    if (!isMap(own)) fault(name, "a job names the permissions that it needs");
    if (!job.has("uses") && !job.has("timeout-minutes")) fault(name, "a job has `timeout-minutes`");
    const writes = isMap(own) && own.items.some(({ value }) => value.value === "write");
    for (const step of steps) {
      if (!step.get("uses")?.startsWith("actions/checkout@")) continue;
      if (writes) fault(key(step, "uses"), "a job that may write checks nothing out: it takes what another has built");
      if (step.getIn(["with", "persist-credentials"]) !== false) fault(key(step, "uses"), "checkout leaves no token behind: `persist-credentials: false`");
    }
  }
  return faults;
}

const expecting = process.argv[2] === "--expect";
const files = process.argv.slice(expecting ? 3 : 2);
let right = files.length > 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const faults = [...(await github(file, text)), ...house(text)];
  if (!expecting) {
    for (const { line, message } of faults) console.log(`${file}:${line}: ${message}`);
    if (faults.length === 0) console.log(`${basename(file)}: right`);
    right &&= faults.length === 0;
    continue;
  }
  const expected = text.split("\n").flatMap((line, index) => {
    const words = / #! (.+)$/.exec(line)?.[1].split(" #! ") ?? [];
    return words.map((message) => ({ line: index + 1, message }));
  });
  const hit = (a, b) => a.line === b.line && a.message.includes(b.message);
  const missed = expected.filter((wish) => !faults.some((found) => hit(found, wish)));
  const surplus = faults.filter((found) => !expected.some((wish) => hit(found, wish)));
  for (const { line, message } of missed) console.log(`${file}:${line}: not found: ${message}`);
  for (const { line, message } of surplus) console.log(`${file}:${line}: not expected: ${message}`);
  console.log(`${basename(file)}: ${expected.length - missed.length} of ${expected.length} faults found`);
  right &&= expected.length > 0 && missed.length === 0 && surplus.length === 0;
}
process.exitCode = right ? 0 : 1;
