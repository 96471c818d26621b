// What an application gives the SDK's client, but for the endpoint, and for retries, which hide failures.
export const settings = (stator) => ({
  endpoint: stator.endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
  maxAttempts: 1,
});
