defmodule App.Queue do
  @limit 3

  defstruct [:items]

  def push(queue, item) when is_list(queue) do
    [item | queue]
  end

  defp hidden(x), do: x

  defmacro check(x) do
    x
  end
end

defprotocol Size do
  def size(data)
end
