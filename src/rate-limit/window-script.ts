/**
 * `sliding-window.ts` in Lua. One string a counter: the units used, then 16 bytes an entry (start, span from start to last, count).
 * A string of another shape or type counts as empty, so that a key somebody else wrote heals itself. Redis counts with its own
 * clock, the same for all instances; every key expires one window after its last use.
 */
const windowFunctions = `
local header, entry = '>d', '>dI4I4'

local function open(raw, now, window)
  local counter = { used = 0, time = now, window = window, entries = {} }
  if not raw or #raw < 24 or #raw % 16 ~= 8 then return counter end
  local used = struct.unpack(header, raw)
  local start, span = struct.unpack(entry, raw, #raw - 15)
  local last = start + span
  if last - now > window then return counter end
  local time = math.max(now, last)
  local position = 9
  while position < #raw do
    local first, length, count = struct.unpack(entry, raw, position)
    if first + length + window > time then break end
    used = used - count
    position = position + 16
  end
  counter.used, counter.time, counter.raw, counter.from = used, time, raw, position
  return counter
end

local function each(counter, visit)
  if not counter.raw then return end
  for position = counter.from, #counter.raw - 15, 16 do
    local start, span, count = struct.unpack(entry, counter.raw, position)
    if visit(start, span, count) then return end
  end
end

local function wait(counter, amount, limit)
  local excess = counter.used + amount - limit
  if excess <= 0 or amount <= 0 then return 0 end
  local found = counter.window
  each(counter, function(start, span, count)
    excess = excess - count
    if excess <= 0 then
      found = start + span + counter.window - counter.time
      return true
    end
  end)
  return found
end

local function reset(counter)
  if not counter.raw or counter.from > #counter.raw then return 0 end
  local start, span = struct.unpack(entry, counter.raw, #counter.raw - 15)
  return start + span + counter.window - counter.time
end

local function save(key, counter, body)
  counter.raw = struct.pack(header, counter.used) .. body
  counter.from = 9
  if #body == 0 then redis.call('DEL', key)
  else redis.call('SET', key, counter.raw, 'PX', counter.window) end
end

local function add(key, counter, amount)
  if amount <= 0 then return end
  counter.used = counter.used + amount
  local body = counter.raw and string.sub(counter.raw, counter.from) or ''
  if #body > 0 then
    local start, span, count = struct.unpack(entry, body, #body - 15)
    if counter.time - start < math.floor(counter.window / 60) then
      local merged = struct.pack(entry, start, counter.time - start, count + amount)
      return save(key, counter, string.sub(body, 1, -17) .. merged)
    end
  end
  save(key, counter, body .. struct.pack(entry, counter.time, 0, amount))
end

local function refund(key, counter, amount)
  local body = counter.raw and string.sub(counter.raw, counter.from) or ''
  while amount > 0 and #body > 0 do
    local start, span, count = struct.unpack(entry, body, #body - 15)
    local taken = math.min(amount, count)
    amount, counter.used = amount - taken, counter.used - taken
    body = string.sub(body, 1, -17)
    if taken < count then body = body .. struct.pack(entry, start, span, count - taken) end
  end
  save(key, counter, body)
end
`;

/** Milliseconds on the clock of Redis: wall clocks of instances don't enter. */
export const redisTime = `(function()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end)()`;

/**
 * KEYS: counters, one consumer's behind the other's. ARGV[1], a text of numbers with spaces between: for each consumer how many counters,
 * then for each of them limit, window in ms and amount. Charges one consumer after the other as if each had a script of its own: all of
 * its counters or none. Returns a text of numbers too: for each consumer 1 or 0, then for each counter used, reset and wait.
 */
export function chargeLua(now = redisTime): string {
  return `${windowFunctions}
local now = ${now}
local next = string.gmatch(ARGV[1], '%d+')
local reply, key = {}, 1
while key <= #KEYS do
  local count = tonumber(next())
  local raw = redis.call('MGET', unpack(KEYS, key, key + count - 1))
  local counters, accepted = {}, 1
  for i = 1, count do
    local limit, window, amount = tonumber(next()), tonumber(next()), tonumber(next())
    local counter = open(raw[i], now, window)
    counter.amount, counter.wait = amount, wait(counter, amount, limit)
    if counter.wait > 0 then accepted = 0 end
    counters[i] = counter
  end
  reply[#reply + 1] = accepted
  for i = 1, count do
    local counter = counters[i]
    if accepted == 1 then add(KEYS[key + i - 1], counter, counter.amount) end
    reply[#reply + 1] = counter.used
    reply[#reply + 1] = reset(counter)
    reply[#reply + 1] = counter.wait
  end
  key = key + count
end
return table.concat(reply, ' ')`;
}

/** KEYS: one counter. ARGV: window in ms, amount to add (or, below zero, to give back). Returns the units used. */
export function adjustLua(now = redisTime): string {
  return `${windowFunctions}
local counter = open(redis.call('MGET', KEYS[1])[1], ${now}, tonumber(ARGV[1]))
local amount = tonumber(ARGV[2])
if amount >= 0 then add(KEYS[1], counter, amount) else refund(KEYS[1], counter, -amount) end
return counter.used`;
}
