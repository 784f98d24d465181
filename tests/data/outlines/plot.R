limit <- 3

area <- function(width, height = 1) {
  local_value <- width
  local_value * height
}

scale_by = function(x) x * 2

setClass("Point", representation(x = "numeric"))
