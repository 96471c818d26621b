import setup from "./jest.js";

export default setup;
export declare const teardown: typeof setup.teardown;
