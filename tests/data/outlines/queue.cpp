#include <vector>

namespace app {
namespace {
constexpr int kLimit = 8;
}

enum class Level { kLow, kHigh };
using Items = std::vector<int>;

// A queue.
template <typename T>
class Queue : public Base {
public:
    Queue() = default;
    ~Queue();
    void push(T value) { m_items.push_back(value); }
    const T& front() const;
    bool operator==(const Queue& other) const;

private:
    std::vector<T> m_items;
    int m_first = 0, m_last = 0;
};

template <typename T>
const T& Queue<T>::front() const {
    auto check = [](int x) { return x; };
    return m_items.front();
}

}  // namespace app

int* global = nullptr;
