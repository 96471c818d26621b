// AsyncDisposable, where neither the target nor @types/node brings it.
/// <reference lib="esnext.disposable" />

export interface StartOptions {
  /** Port to listen on; 0, the default, takes any free one. */
  port?: number;
  /** Directory of the items; without it they live in memory. */
  data?: string;
  /** Whether to throttle as AWS does; "enforce" by default. */
  capacity?: "enforce" | "observe" | "off";
  /** "machine" by default; "manual" or "manual:2026-01-01T00:00:00Z" for one that advance() moves. */
  clock?: string;
  /** More arguments of `stator serve`. */
  args?: string[];
}

export interface ClientConfig {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

export interface Stator extends AsyncDisposable {
  /** "http://127.0.0.1:PORT" */
  readonly endpoint: string;
  readonly pid: number;
  /** Settings for `new DynamoDBClient(..)`. */
  readonly clientConfig: ClientConfig;
  /** Moves the server's clock: "300s", "1h". */
  advance(duration: string): Promise<{ now: string; clock: string }>;
  /** Removes all tables. */
  reset(): Promise<void>;
  /** Ends the server; resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Starts a server and resolves when it answers; it never outlives this process. */
export function start(options?: StartOptions): Promise<Stator>;

/** The binary: $STATOR_BINARY, or the one that this package brings. */
export function binaryPath(): string;
