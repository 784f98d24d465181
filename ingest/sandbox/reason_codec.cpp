// SPDX-License-Identifier: Apache-2.0
#include "ingest/sandbox/reason_codec.h"

#include <cstdint>

namespace tl {

namespace {

constexpr size_t kPlaceBytes = 2 * 8;
constexpr size_t kMaxPlaces = size_t{1} << 20;

}  // namespace

void writeReason(const Reason& reason, ByteWriter& out) {
    for (const Reason* at = &reason; at != nullptr;
         at = at->because.empty() ? nullptr : &at->because.front()) {
        out.number(static_cast<uint16_t>(at->code));
        out.text(plainLine(at->name));
        out.text(plainLine(at->detail));
        out.number(at->count);
        out.number(at->limit);
        out.number(static_cast<uint8_t>(at->placeKind));
        out.number(uint64_t{at->places.size()});
        for (const PlaceRange& range : at->places) {
            out.number(range.first);
            out.number(range.last);
        }
        out.number(static_cast<uint8_t>(!at->because.empty()));
    }
}

void writeReasons(const std::vector<Reason>& reasons, ByteWriter& out) {
    out.number(uint64_t{reasons.size()});
    for (const Reason& reason : reasons) {
        writeReason(reason, out);
    }
}

Reason readReason(ByteReader& in, size_t& most) {
    Reason reason;
    Reason* at = &reason;
    for (int depth = 0;; ++depth) {
        most -= in.room(depth < kMaxReasonDepth ? most : 0);
        at->code = in.shortChoice(kLastReasonCode);
        at->name = in.text();
        at->detail = in.text();
        at->count = in.number<int64_t>();
        at->limit = in.number<int64_t>();
        at->placeKind = in.choice(PlaceKind::kSegment);
        at->places.resize(in.count(kPlaceBytes, kMaxPlaces));
        for (PlaceRange& range : at->places) {
            range.first = in.number<int64_t>();
            range.last = in.number<int64_t>();
        }
        if (!in.flag()) {
            return reason;
        }
        at = &at->because.emplace_back();
    }
}

void readReasons(ByteReader& in, size_t& most, std::vector<Reason>& reasons) {
    const size_t count = in.count(kReasonBytes, most);
    reasons.reserve(count);
    for (size_t i = 0; i < count && in.ok(); ++i) {
        reasons.push_back(readReason(in, most));
    }
}

}  // namespace tl
