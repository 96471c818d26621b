#!/usr/bin/env node
// `npx stator serve`: the binary, with these arguments and this terminal.
const { spawn } = require("node:child_process");
const { existsSync, readFileSync } = require("node:fs");
const { binaryPath } = require("./index.js");

const kLookMilliseconds = 500;

// That of the npx above this process, with a shell between them; undefined where there is none.
function pidOfNpx() {
  try {
    for (let pid = process.ppid; pid > 1; ) {
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("npm exec")) return pid;
      pid = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
    }
  } catch {
    // Processes of others may be hidden.
  }
  return undefined;
}

const words = process.argv.slice(2);
// `serve`, or a flag of DynamoDB Local.
const isServer = words[0] === "serve" || /^-[^-]./.test(words[0] ?? "");
const endsWithInput = words.includes("--until-eof") || Boolean(process.env.STATOR_UNTIL_EOF);

// A server ends with this process, however that ends: its standard input is a pipe that closes then.
const child = isServer
  ? spawn(binaryPath(), words, {
      stdio: ["pipe", "inherit", "inherit"],
      env: { ...process.env, STATOR_UNTIL_EOF: process.env.STATOR_UNTIL_EOF || "true" },
    })
  : spawn(binaryPath(), words, { stdio: "inherit" });
child.stdin?.on("error", () => {}); // it may be gone before its input is
if (isServer && endsWithInput) process.stdin.pipe(child.stdin);

// npx, when it is killed, takes nothing with it: who was started by it looks whether it is still there.
const npx = isServer ? pidOfNpx() : undefined;
if (npx !== undefined) {
  setInterval(() => existsSync(`/proc/${npx}`) || child.kill(), kLookMilliseconds).unref();
}

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 2;
});
child.on("exit", (code) => {
  process.stdin.unref?.();
  process.exitCode = code ?? 1;
});
