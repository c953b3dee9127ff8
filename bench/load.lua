-- Sends prepared requests in turn. The file named by BENCH_REQUESTS has one per block: method, path, headers, body.
-- A body with the mark below is another one each time: the run's random 12 digits and a count take the mark's 21 places.
local requests, at = {}, 0
local mark, run, sent = "@fresh%-key%-000000000@", os.getenv("BENCH_RUN"), 0
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
    requests[#requests + 1] = { text = wrk.format(method, path, headers, body), marked = body and body:find(mark) }
  end
end
function request()
  at = at % #requests + 1
  local request = requests[at]
  if not request.marked then return request.text end
  sent = sent + 1
  return (request.text:gsub(mark, run .. string.format("%09d", sent)))
end
function done(summary, latency)
  io.write(string.format('\nRESULT {"requests":%d,"bytes":%d,"microseconds":%d,"p50Ms":%.3f,"p99Ms":%.3f,"failed":%d}\n',
    summary.requests, summary.bytes, summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
