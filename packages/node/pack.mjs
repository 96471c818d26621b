// Makes the tarball: node pack.mjs BINARY DIRECTORY. Prints its path.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [binary, directory] = process.argv.slice(2);
if (!binary || !directory) {
  console.error("usage: node pack.mjs BINARY DIRECTORY");
  process.exit(2);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const stage = mkdtempSync(path.join(tmpdir(), "stator-pack-"));
try {
  for (const name of ["package.json", "README.md", "lib"]) {
    cpSync(path.join(here, name), path.join(stage, name), { recursive: true });
  }
  copyFileSync(path.join(here, "../../LICENSE"), path.join(stage, "LICENSE"));
  mkdirSync(path.join(stage, "bin"));
  copyFileSync(binary, path.join(stage, "bin/stator"));
  chmodSync(path.join(stage, "bin/stator"), 0o755);
  mkdirSync(directory, { recursive: true });
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", path.resolve(directory)], {
      cwd: stage,
      encoding: "utf8",
    }),
  );
  console.log(path.join(path.resolve(directory), filename));
} finally {
  rmSync(stage, { recursive: true });
}
