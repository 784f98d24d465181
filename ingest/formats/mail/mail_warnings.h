// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "ingest/reason.h"

namespace tl {

// What is wrong with the messages of one file, each reason once with the messages it is said of.
class MailWarnings {
public:
    // REQUIRES: messages come in order
    void add(int64_t message, Reason what);
    // In the order in which the reasons were met.
    std::vector<Reason> take();

private:
    std::vector<Reason> m_reasons;  // a few; their places are looked at apart
    std::vector<std::vector<PlaceRange>> m_messages;
};

}  // namespace tl
