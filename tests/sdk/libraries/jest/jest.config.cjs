module.exports = { preset: "@shelf/jest-dynamodb", testRegex: "\\.jest\\.cjs$", watchman: false };
