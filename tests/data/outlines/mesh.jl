module Mesh

const LIMIT = 3

abstract type Shape end

struct Point{T} <: Shape
    x::T
    y::T
end

function area(p::Point; scale=1)
    local_value = p.x
    return local_value
end

twice(x) = 2x

macro check(ex)
    return ex
end

end
