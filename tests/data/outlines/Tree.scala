package trees

import scala.math._

trait Node { def size: Int }

case class Leaf(value: Int) extends Node {
  val twice = value * 2
  def size: Int = 1
}

object Tree {
  type Id = Int
  var count = 0
  def build(depth: Int): Node = {
    val local = depth
    Leaf(local)
  }
}

enum Color { case Red, Green }
