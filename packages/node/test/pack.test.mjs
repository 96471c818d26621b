// The tarball, installed in an empty project.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { binaryPath } from "../lib/index.js";

const kPack = fileURLToPath(new URL("../pack.mjs", import.meta.url));
let project;

function run(command, ...args) {
  const { STATOR_BINARY, ...env } = process.env;
  return execFileSync(command, args, { cwd: project, encoding: "utf8", env }).trim();
}

before(() => {
  project = mkdtempSync(path.join(tmpdir(), "stator-project-"));
  const tarball = execFileSync("node", [kPack, binaryPath(), project], { encoding: "utf8" }).trim();
  writeFileSync(path.join(project, "package.json"), '{"type": "module"}');
  run("npm", "install", "--offline", "--no-audit", "--no-fund", tarball);
});

after(() => rmSync(project, { recursive: true }));

test("the package brings a binary that starts", () => {
  writeFileSync(
    path.join(project, "use.js"),
    'import { start } from "stator";\n' +
      "const db = await start();\n" +
      "console.log((await fetch(`${db.endpoint}/health`)).status);\n" +
      "await db.stop();\n",
  );
  assert.equal(run("node", "use.js"), "200");
});

test("the package's command is the binary", () => {
  assert.match(run("npx", "--offline", "stator", "--version"), /^stator \d+\.\d+\.\d+$/);
});

test("the helpers of test runners are there", () => {
  writeFileSync(
    path.join(project, "helpers.js"),
    'console.log(typeof (await import("stator/jest")).default, ' +
      'typeof (await import("stator/vitest")).default);\n',
  );
  assert.equal(run("node", "helpers.js"), "function function");
});
