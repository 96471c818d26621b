/** For Jest's globalSetup; options of start() in the config's `globals.stator`. */
declare function setup(globalConfig: unknown, projectConfig: unknown): Promise<void>;
declare namespace setup {
  /** To be called by a globalTeardown of one's own; the server ends with Jest in any case. */
  function teardown(): Promise<void>;
}
export = setup;
