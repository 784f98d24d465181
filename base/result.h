// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace tl {

// What went wrong, as far as a caller may want to act on it.
enum class ErrorCode {
    kNotFound,      // the named thing is not there or cannot be opened
    kCorrupt,       // its bytes break their own format
    kUnsupported,   // well formed, but nothing this program handles
    kInvalidInput,  // the caller's words make no sense
    kIo,            // reading or writing failed half-way
    kOutOfMemory,
    kCancelled,  // stop was requested
    kBusy,       // another process has it
};

struct Error {
    ErrorCode code;
    std::string message;  // One line that names the thing: "report.pdf: page 3: bad font".
};

// Result<T>: a value or the reason there is none. The one way a fallible call reports failure.
// Another type of error is for folders whose errors are more than a line: ingest/reason.h.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(E error) : m_state(std::move(error)) {}  // NOLINT(google-explicit-constructor)

    bool ok() const { return m_state.index() == 0; }

    // REQUIRES: ok()
    T& value() & {
        assert(ok());
        return *std::get_if<0>(&m_state);
    }
    const T& value() const& {
        assert(ok());
        return *std::get_if<0>(&m_state);
    }
    T&& value() && {
        assert(ok());
        return std::move(*std::get_if<0>(&m_state));
    }

    // REQUIRES: !ok()
    const E& error() const {
        assert(!ok());
        return *std::get_if<1>(&m_state);
    }

private:
    std::variant<T, E> m_state;
};

// Success without a value.
using Status = Result<std::monostate>;

inline Status okStatus() {
    return std::monostate{};
}

}  // namespace tl
