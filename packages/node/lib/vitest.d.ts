/** For Vitest's test.globalSetup. */
declare function setup(): Promise<() => Promise<void>>;
export = setup;
