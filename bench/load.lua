-- Sends prepared requests in turn. The file named by BENCH_REQUESTS has one per block: method, path, headers, body.
local requests, at = {}, 0
function init()
  local file = assert(io.open(os.getenv("BENCH_REQUESTS")))
  while true do
    local head = file:read("*l")
    if not head then break end
    local method, path = head:match("^(%S+) (.*)$")
    local headers = {}
    while true do
      local line = file:read("*l")
      if line == "" then break end
      local name, value = line:match("^(.-): (.*)$")
      headers[name] = value
    end
    local body = file:read("*l")
    if body == "" then body = nil end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency)
  io.write(string.format('\nRESULT {"requests":%d,"microseconds":%d,"p50Ms":%.3f,"p99Ms":%.3f,"failed":%d}\n',
    summary.requests, summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
