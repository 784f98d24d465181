require "set"

module Shop
  LIMIT = 3

  class Cart < Base
    attr_reader :items

    def initialize(owner)
      @owner = owner
    end

    def total
      local = 1
      items.sum
    end

    def self.build(*args)
      new(*args)
    end

    class << self
      def hidden; end
    end
  end
end

def helper(x) = x + 1
