type t
val make : int -> t
module Inner : sig
  val depth : int
end
exception Full
