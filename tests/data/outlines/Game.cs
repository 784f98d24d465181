using System;

namespace Play.Core
{
    public interface IMove { void Go(int x); }

    public class Game<T> : Base, IMove where T : new()
    {
        private const int Limit = 3;
        private int a, b;
        public string Name { get; set; }
        public event Action Done;
        public delegate void Handler(int x);

        public Game(string name) { Name = name; }

        public void Go(int x)
        {
            var local = x;
        }

        public static Game<T> operator +(Game<T> a, Game<T> b) => a;
    }

    public struct Point { public int X; }
    public record Pair(int A, int B);
    public enum Level { Low, High = 2 }
}
