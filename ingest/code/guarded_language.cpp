// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/guarded_language.h"

#include <cstddef>
#include <cstring>
#include <memory>

#include <tree_sitter/parser.h>

namespace tl {
namespace {

// Between two calls a scanner adds a few items to what fitted before.
constexpr size_t kRoomBytes = size_t{1} << 20;

}  // namespace

SerializeFn serializeOf(const TSLanguage* language) {
    return language->external_scanner.serialize;
}

unsigned serializeGuarded(SerializeFn serialize, void* scanner, char* buffer) {
    thread_local const auto kRoom = std::make_unique<char[]>(kRoomBytes);
    const unsigned size = serialize(scanner, kRoom.get());
    if (size > TREE_SITTER_SERIALIZATION_BUFFER_SIZE) {
        return 0;
    }
    std::memcpy(buffer, kRoom.get(), size);
    return size;
}

const TSLanguage* makeGuarded(const TSLanguage* language, SerializeFn serialize) {
    if (serializeOf(language) == nullptr) {
        return language;  // a grammar without a scanner
    }
    constexpr uint32_t kHasPrimaryStates = 14;
    auto* copy = new TSLanguage{};
    const bool isWhole = language->version >= kHasPrimaryStates;
    std::memcpy(copy, language, isWhole ? sizeof *copy : offsetof(TSLanguage, primary_state_ids));
    copy->external_scanner.serialize = serialize;
    return copy;
}

}  // namespace tl
