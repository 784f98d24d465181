package shapes

import kotlin.math.PI

const val LIMIT = 3
val names = listOf("a")

interface Shape { fun area(): Double }

data class Circle(val r: Double) : Shape {
    private val cached = 0
    override fun area(): Double {
        val local = PI
        return local * r * r
    }
    companion object {
        fun unit() = Circle(1.0)
    }
}

enum class Level { LOW, HIGH }

object Registry { var size = 0 }

typealias Shapes = List<Shape>

fun <T> List<T>.second(): T = this[1]
