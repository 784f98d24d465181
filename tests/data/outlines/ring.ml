open Printf

type 'a ring = { items : 'a list; size : int }

exception Full of int

module Inner = struct
  let depth = 2
  let get r = r.items
end

module type SIG = sig
  val get : 'a ring -> 'a list
end

let limit = 3

let rec push x r =
  let local = x in
  { r with items = local :: r.items }

class counter = object
  method value = 0
end

external now : unit -> float = "now"
