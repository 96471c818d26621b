import setup from "./jest.js";

export default setup;
export const { teardown } = setup;
