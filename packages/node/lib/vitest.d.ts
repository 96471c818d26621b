/** For Vitest's test.globalSetup. */
export default function setup(): Promise<() => Promise<void>>;
