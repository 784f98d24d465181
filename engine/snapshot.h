// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

namespace tl {

// What a Snapshot holds, known to the sequence that made it.
class SnapshotContent {
public:
    virtual ~SnapshotContent() = default;
    virtual int64_t position() const = 0;
};

// A point in a sequence that sequences can return to: a value, cheap to copy (shared, immutable).
// Thread-safe to read. Lives no longer than the model of the sequence that made it.
class Snapshot {
public:
    Snapshot() = default;  // of nothing; no sequence takes it
    explicit Snapshot(std::shared_ptr<const SnapshotContent> content)
        : m_content(std::move(content)) {}

    int64_t position() const { return m_content ? m_content->position() : 0; }
    // Null for a snapshot of nothing.
    const SnapshotContent* content() const { return m_content.get(); }

private:
    std::shared_ptr<const SnapshotContent> m_content;
};

}  // namespace tl
