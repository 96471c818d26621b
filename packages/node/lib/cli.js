#!/usr/bin/env node
// `npx stator serve`: the binary, with these arguments and this terminal.
const { spawn } = require("node:child_process");
const { binaryPath } = require("./index.js");

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

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 2;
});
child.on("exit", (code) => {
  process.stdin.unref?.();
  process.exitCode = code ?? 1;
});
