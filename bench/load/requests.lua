-- Sends prepared requests in a circle: all of them are rendered in init, before the clock starts.
--   argument   a file of bodies, one a line; the headers come from wrk's command line
--   output     one line of JSON that measure.py reads; times in microseconds

local prepared = {}
local count = 0
local position = 0

function init(arguments)
  for body in io.lines(arguments[1]) do
    count = count + 1
    prepared[count] = wrk.format("POST", "/", nil, body)
  end
end

function request()
  position = position % count + 1
  return prepared[position]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"duration_us":%d,"bytes":%d,"p50_us":%d,"p99_us":%d,"max_us":%d,' ..
    '"refused":%d,"failed":%d}\n',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), latency.max,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
