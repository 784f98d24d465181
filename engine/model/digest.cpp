// SPDX-License-Identifier: Apache-2.0
#include "engine/model/digest.h"

#include <array>
#include <blake2.h>

namespace tl {

namespace {

constexpr size_t kDigestBytes = 32;

}  // namespace

struct Digest::State {
    blake2b_state blake;
};

Digest::Digest() : m_state(std::make_unique<State>()) {
    blake2b_init(&m_state->blake, kDigestBytes);
}

Digest::~Digest() = default;

void Digest::update(const void* bytes, size_t size) {
    blake2b_update(&m_state->blake, static_cast<const uint8_t*>(bytes), size);
}

void Digest::add(std::span<const std::byte> bytes) {
    add(static_cast<int64_t>(bytes.size()));
    update(bytes.data(), bytes.size());
}

void Digest::add(std::string_view text) {
    add(std::as_bytes(std::span(text)));
}

void Digest::add(int64_t number) {
    update(&number, sizeof(number));
}

void Digest::add(double number) {
    update(&number, sizeof(number));
}

std::string Digest::hex() {
    std::array<uint8_t, kDigestBytes> digest = {};
    blake2b_final(&m_state->blake, digest.data(), digest.size());
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const uint8_t byte : digest) {
        text += kDigits[byte / 16];
        text += kDigits[byte % 16];
    }
    return text;
}

}  // namespace tl
