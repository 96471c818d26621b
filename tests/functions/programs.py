"""Programs that are functions: Lambda's runtime API in a few lines of JavaScript and of shell.

Each posts every event that it gets to $SEEN/NAME before it answers.
"""

NODE = r"""
const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const seen = `${process.env.SEEN}/${process.env.AWS_LAMBDA_FUNCTION_NAME}`;
const post = (url, body) => fetch(url, { method: "POST", body });
for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const id = next.headers.get("lambda-runtime-aws-request-id");
  const event = await next.text();
  await post(seen, event);
  console.log(`saw ${JSON.parse(event).Records.length} records`);
  await post(`${api}/invocation/${id}/response`, '{"batchItemFailures":[]}');
}
"""

SHELL = r"""
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
head=$(mktemp)
trap 'rm -f "$head"' EXIT
while :; do
  event=$(curl -sS -D "$head" "$api/invocation/next") || exit 1
  id=$(sed -n 's/^Lambda-Runtime-Aws-Request-Id: *//Ip' "$head" | tr -d '\r')
  printf %s "$event" | curl -sS -o /dev/null --data-binary @- "$SEEN/$AWS_LAMBDA_FUNCTION_NAME"
  curl -sS -o /dev/null -d '{}' "$api/invocation/$id/response"
done
"""
