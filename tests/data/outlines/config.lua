local M = {}
local limit = 3

function M.open(path)
  local handle = io.open(path)
  return handle
end

function M:close()
  self.handle = nil
end

local function helper(x)
  return x
end

M.read = function(n)
  return n
end

return M
