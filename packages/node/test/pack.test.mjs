// The tarball, installed in an empty project.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { binaryPath } from "../lib/index.js";

const kPack = fileURLToPath(new URL("../pack.mjs", import.meta.url));
const installed = (name) => fileURLToPath(new URL(`node_modules/${name}`, import.meta.url));
let project;

function write(name, ...lines) {
  writeFileSync(path.join(project, name), `${lines.join("\n")}\n`);
}

function run(command, ...args) {
  const { STATOR_BINARY, ...env } = process.env;
  return execFileSync(command, args, { cwd: project, encoding: "utf8", env }).trim();
}

// What a tool of package.json says; it must end well.
function runTool(name, ...args) {
  const { STATOR_BINARY, NODE_TEST_CONTEXT, ...env } = process.env;
  const tool = spawnSync(process.execPath, [installed(name), ...args], {
    cwd: project,
    encoding: "utf8",
    env,
  });
  assert.equal(tool.status, 0, tool.stdout + tool.stderr);
  return tool.stdout + tool.stderr;
}

before(() => {
  project = mkdtempSync(path.join(tmpdir(), "stator-project-"));
  const tarball = execFileSync("node", [kPack, binaryPath(), project], { encoding: "utf8" }).trim();
  write("package.json", "{}");
  run("npm", "install", "--offline", "--no-audit", "--no-fund", tarball);
});

after(() => rmSync(project, { recursive: true }));

const kUse = [
  "(async () => {",
  "  const db = await start();",
  "  console.log((await fetch(`${db.endpoint}/health`)).status);",
  "  await db.stop();",
  "})();",
];

test("the package brings a binary that starts, for import and for require", () => {
  write("use.mjs", 'import { start } from "stator";', ...kUse);
  assert.equal(run("node", "use.mjs"), "200");
  write("use.cjs", 'const { start } = require("stator");', ...kUse);
  assert.equal(run("node", "use.cjs"), "200");
});

test("the package's command is the binary", () => {
  assert.match(run("npx", "--offline", "stator", "--version"), /^stator \d+\.\d+\.\d+$/);
});

test("a server that npx has started does not outlive it", async () => {
  const { STATOR_BINARY, ...env } = process.env;
  const npx = spawn("npx", ["--offline", "stator", "serve", "--port", "0"], {
    cwd: project,
    stdio: ["ignore", "pipe", "ignore"],
    env,
  });
  const [line] = await once(createInterface({ input: npx.stdout }), "line");
  assert.match(line, /ready on/);
  npx.stdout.resume();
  npx.kill("SIGKILL");
  // The server has it open as well.
  await once(npx.stdout, "end", { signal: AbortSignal.timeout(10_000) });
});

test("the helpers of test runners are there, for import and for require", () => {
  write(
    "helpers.mjs",
    'import jest, { teardown } from "stator/jest";',
    'import vitest from "stator/vitest";',
    'import { createRequire } from "node:module";',
    "const require = createRequire(import.meta.url);",
    'console.log(typeof teardown, jest === require("stator/jest"), vitest === require("stator/vitest"));',
  );
  assert.equal(run("node", "helpers.mjs"), "function true true");
});

// The server of the whole run is where SDKs look for it; one of the test's own is another.
const kTestFile = [
  'test("servers", async () => {',
  "  const { AWS_ENDPOINT_URL_DYNAMODB, STATOR_ENDPOINT } = process.env;",
  "  expect(STATOR_ENDPOINT).toBe(AWS_ENDPOINT_URL_DYNAMODB);",
  "  expect((await fetch(`${STATOR_ENDPOINT}/health`)).status).toBe(200);",
  "  const db = await start();",
  "  expect(db.endpoint).not.toBe(STATOR_ENDPOINT);",
  "  expect((await fetch(`${db.endpoint}/health`)).status).toBe(200);",
  "  await db.stop();",
  "});",
];

test("Jest's tests use the package", () => {
  write("jest.config.js", 'module.exports = { globalSetup: "stator/jest", transform: {} };');
  write("servers.test.js", 'const { start } = require("stator");', ...kTestFile);
  const said = runTool("jest/bin/jest.js", "--ci", "--no-watchman", "servers.test.js");
  assert.match(said, /Tests: +1 passed, 1 total/);
});

test("Vitest's tests use the package", () => {
  write(
    "vitest.config.mjs",
    'export default { test: { globals: true, globalSetup: ["stator/vitest"] } };',
  );
  write("servers.test.mjs", 'import { start } from "stator";', ...kTestFile);
  const said = runTool("vitest/vitest.mjs", "run", "--no-color", "servers.test.mjs");
  assert.match(said, /Tests +1 passed \(1\)/);
});

test("TypeScript knows the package's types in both kinds of modules", () => {
  const use = [
    "const server = async () => {",
    '  await using db: Stator = await start({ clock: "manual" });',
    '  const { now }: { now: string } = await db.advance("1h");',
    "  return now + db.clientConfig.endpoint;",
    "};",
    "const run: () => Promise<() => Promise<void>> = vitest;",
    "const end: Promise<void>[] = [jest({}, {}), jest.teardown()];",
    "export const all = [server, run, end];",
  ];
  write(
    "use.mts",
    'import { start, type Stator } from "stator";',
    'import jest, { teardown } from "stator/jest";',
    'import vitest from "stator/vitest";',
    "export const same: typeof jest.teardown = teardown;",
    ...use,
  );
  write(
    "use.cts",
    'import { start, type Stator } from "stator";',
    'import jest = require("stator/jest");',
    'import vitest = require("stator/vitest");',
    ...use,
  );
  const options = { module: "node16", target: "es2022", lib: ["es2022"], types: [], strict: true };
  write(
    "tsconfig.json",
    JSON.stringify({ compilerOptions: { ...options, noEmit: true }, files: ["use.mts", "use.cts"] }),
  );
  runTool("typescript/bin/tsc", "-p", ".");
});
