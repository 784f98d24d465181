module Stack (push, Stack) where

import Data.List

type Name = String

data Stack a = Empty | Push a (Stack a)

newtype Wrap = Wrap { unwrap :: Int }

class Sized f where
  size :: f a -> Int

instance Sized Stack where
  size Empty = 0
  size (Push _ rest) = 1 + size rest

push :: a -> Stack a -> Stack a
push x s = Push x s

limit = 3
