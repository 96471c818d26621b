// A stator for tests: a server of one's own, on a port that the system picks. CommonJS, which Jest can
// load; index.mjs is the same for `import`.
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { existsSync } = require("node:fs");
const path = require("node:path");
const { createInterface } = require("node:readline");

const kStartMilliseconds = 10_000;
const kStopMilliseconds = 10_000;

// The binary: $STATOR_BINARY, or the one that this package brings.
function binaryPath() {
  const named = process.env.STATOR_BINARY;
  if (named) return named;
  const bundled = path.join(__dirname, "../bin/stator");
  if (existsSync(bundled)) return bundled;
  throw new Error(`stator: no binary at ${bundled}; set STATOR_BINARY`);
}

function argumentsOf(options) {
  const { port = 0, data, capacity, clock, args = [], ...unknown } = options;
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw new TypeError(`stator: unknown option: ${name}`);
  const list = ["serve", "--host", "127.0.0.1", "--port", String(port), "--until-eof"];
  if (data !== undefined) list.push("--data", data);
  if (capacity !== undefined) list.push("--capacity", capacity);
  if (clock !== undefined) list.push("--clock", clock);
  return [...list, ...args];
}

// The address in the server's first line; what it says instead when it cannot start.
async function readyAddress(child, exited) {
  let complaint = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text) => {
    if (complaint.length < 4096) complaint += text;
  });
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), "line", {
      signal: AbortSignal.timeout(kStartMilliseconds),
    }).then(([first]) => first),
    exited.then(([code, signal]) => {
      throw new Error(complaint.trim() || `stator ended with ${signal ?? `status ${code}`}`);
    }),
  ]);
  const address = /http:\/\/([^\s,]+)/.exec(line);
  if (!address) throw new Error(`stator: the ready line names no address: ${line}`);
  return address[1];
}

async function control(endpoint, route, body) {
  const reply = await fetch(`${endpoint}${route}`, {
    method: body === undefined ? "GET" : "POST",
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(`stator: ${route}: ${answer.message}`);
  return answer;
}

class Stator {
  #child;
  #exited;

  constructor(child, exited, endpoint) {
    this.#child = child;
    this.#exited = exited;
    this.endpoint = endpoint;
    this.pid = child.pid;
  }

  // Settings for an SDK's client.
  get clientConfig() {
    return {
      endpoint: this.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    };
  }

  // Moves the server's clock; it must have been started with a clock that can be moved.
  //   duration  "300s", "1h", "500ms"
  async advance(duration) {
    return control(this.endpoint, "/_stator/clock", { advance: duration });
  }

  // Removes all tables.
  async reset() {
    await control(this.endpoint, "/_stator/reset", {});
  }

  // Ends the server; when it resolves, the process is gone. A second call waits for the first.
  async stop() {
    this.#child.ref();
    this.#child.stdin.destroy();
    this.#child.kill("SIGTERM");
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), kStopMilliseconds);
    await this.#exited;
    clearTimeout(timer);
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.stop();
  }
}

// What the server inherits: nothing that would give it options, a directory above all, which nobody
// said here.
function environment() {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("STATOR_"));
  return Object.fromEntries(inherited);
}

// Starts a server and resolves when it answers. It ends with stop(), and with this process however
// that ends: its standard input is a pipe that closes then.
async function start(options = {}) {
  const child = spawn(binaryPath(), argumentsOf(options), {
    env: environment(),
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {}); // it may be gone before its input is
  const exited = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve([code, signal]));
  });
  exited.catch(() => {}); // is reported by whoever waits
  const address = await readyAddress(child, exited).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  child.unref();
  for (const stream of child.stdio) stream.unref?.();
  return new Stator(child, exited, `http://${address}`);
}

module.exports = { binaryPath, start };
