// SPDX-License-Identifier: Apache-2.0
// The format is gitformat-index(5): a header of 12 bytes, an entry for each tracked path,
// extensions, a checksum. Only the names are taken. Version 4 writes a name as what it has more
// than the one before, so few bytes can stand for many letters: they are counted.
#include "ingest/source/git_index.h"

#include <algorithm>
#include <optional>

namespace tl {
namespace {

constexpr size_t kStatBytes = 40;  // times, sizes and modes in front of the object's name
constexpr uint32_t kExtendedFlag = 0x4000;
constexpr size_t kMaxLetters = size_t{256} << 20;

Failure damaged() {
    return Failure{ErrorCode::kCorrupt, {ReasonCode::kIndexDamaged}};
}

// Takes bytes from the front; nothing once there are too few.
class IndexBytes {
public:
    explicit IndexBytes(std::string_view bytes) : m_rest(bytes) {}

    std::optional<std::string_view> take(size_t count) {
        if (count > m_rest.size()) {
            return std::nullopt;
        }
        const std::string_view taken = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return taken;
    }

    // Most significant byte first.
    std::optional<uint32_t> number(size_t bytes) {
        const auto taken = take(bytes);
        if (!taken) {
            return std::nullopt;
        }
        uint32_t value = 0;
        for (const char byte : *taken) {
            value = (value << 8U) | static_cast<unsigned char>(byte);
        }
        return value;
    }

    // Seven bits a byte, each byte but the last one adding one, so that no number has two ways.
    std::optional<size_t> variableNumber() {
        size_t value = 0;
        for (bool isFirst = true;; isFirst = false) {
            const auto byte = number(1);
            if (!byte || value > kMaxLetters) {
                return std::nullopt;
            }
            value = isFirst ? 0 : (value + 1) << 7U;
            value |= *byte & 0x7FU;
            if ((*byte & 0x80U) == 0) {
                return value;
            }
        }
    }

    // Up to a NUL byte, which is taken too.
    std::optional<std::string_view> text() {
        const size_t end = m_rest.find('\0');
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view taken = m_rest.substr(0, end);
        m_rest.remove_prefix(end + 1);
        return taken;
    }

    size_t left() const { return m_rest.size(); }

private:
    std::string_view m_rest;
};

// The next entry's name in place of the one before; false when the entry is damaged.
bool takeName(IndexBytes& in, uint32_t version, size_t idBytes, std::string& name) {
    const size_t before = in.left();
    const bool hasHead = in.take(kStatBytes + idBytes).has_value();
    const auto flags = in.number(2);
    if (!hasHead || !flags || ((*flags & kExtendedFlag) != 0 && (version < 3 || !in.number(2)))) {
        return false;
    }
    size_t kept = 0;
    if (version == 4) {
        const auto dropped = in.variableNumber();
        if (!dropped || *dropped > name.size()) {
            return false;
        }
        kept = name.size() - *dropped;
    }
    const auto rest = in.text();
    if (!rest || (kept == 0 && rest->empty())) {
        return false;
    }
    name.resize(kept);
    name += *rest;
    // Up to version 3 an entry takes a multiple of eight bytes.
    const size_t taken = before - in.left();
    const size_t padding = version == 4 ? 0 : (8 - taken % 8) % 8;
    return in.take(padding).has_value();
}

// Behind the entries: a signature of four letters, a size and as many bytes. "link" says that the
// entries of another file belong to these.
bool hasLink(IndexBytes in, size_t idBytes) {
    while (in.left() > idBytes) {
        const auto signature = in.take(4);
        const auto size = in.number(4);
        if (!signature || !size || !in.take(*size)) {
            return false;
        }
        if (*signature == "link") {
            return true;
        }
    }
    return false;
}

}  // namespace

Reading<GitIndex> GitIndex::parse(std::string_view bytes, size_t idBytes) {
    IndexBytes in(bytes);
    const auto signature = in.take(4);
    const auto version = in.number(4);
    const auto count = in.number(4);
    if (!signature || *signature != "DIRC" || !version || !count) {
        return damaged();
    }
    if (*version < 2 || *version > 4) {
        return Failure{ErrorCode::kUnsupported,
                       {.code = ReasonCode::kIndexVersion, .count = *version}};
    }
    const size_t least = kStatBytes + idBytes + 2 + 1;
    if (*count > in.left() / least) {
        return damaged();
    }
    GitIndex index;
    index.m_names.reserve(*count);
    std::string name;
    for (uint32_t i = 0; i < *count; ++i) {
        if (!takeName(in, *version, idBytes, name)) {
            return damaged();
        }
        if (index.m_letters.size() + name.size() > kMaxLetters) {
            return Failure{ErrorCode::kUnsupported, {ReasonCode::kIndexTooLarge}};
        }
        index.m_names.push_back(
            {static_cast<uint32_t>(index.m_letters.size()), static_cast<uint32_t>(name.size())});
        index.m_letters += name;
    }
    if (hasLink(in, idBytes)) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kIndexSplit}};
    }
    // They stand in this order; if they do not, all is found none the less.
    std::sort(index.m_names.begin(), index.m_names.end(), [&](const Name& a, const Name& b) {
        return index.nameOf(a) < index.nameOf(b);
    });
    return index;
}

std::vector<GitIndex::Name>::const_iterator GitIndex::lowerBound(std::string_view path) const {
    return std::lower_bound(
        m_names.begin(), m_names.end(), path, [this](const Name& name, std::string_view wanted) {
            return nameOf(name) < wanted;
        });
}

bool GitIndex::tracks(std::string_view path) const {
    const auto at = lowerBound(path);
    return at != m_names.end() && nameOf(*at) == path;
}

bool GitIndex::tracksBelow(std::string_view folder) const {
    const std::string start = std::string(folder) + "/";
    const auto at = lowerBound(start);
    return at != m_names.end() && nameOf(*at).starts_with(start);
}

}  // namespace tl
