// The package for `import`.
export { binaryPath, start } from "./index.js";
