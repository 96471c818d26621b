import setup from "./vitest.js";

export default setup;
