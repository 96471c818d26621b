/** For Jest's globalSetup; options of start() in the config's `globals.stator`. */
export default function setup(globalConfig: unknown, projectConfig: unknown): Promise<void>;
/** To be called by a globalTeardown of one's own; the server ends with Jest in any case. */
export function teardown(): Promise<void>;
