#!/usr/bin/env node
// `npx stator serve`: the binary, with these arguments and this terminal.
import { spawn } from "node:child_process";
import { binaryPath } from "./index.js";

const child = spawn(binaryPath(), process.argv.slice(2), { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 2;
});
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
