// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmime/gmime.h>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reason_code.h"

namespace tl {

struct BodyPart {
    GMimePart* part = nullptr;
    bool isHtml = false;
    GMimePart* html = nullptr;  // of a plain text: its alternative in HTML
};

// A part that cannot be read, and why: kEncryptedPart, kSignature, kWithinSignature.
struct LeftOutPart {
    GMimeObject* part = nullptr;
    ReasonCode reason = ReasonCode::kNone;
};

// What a message is made of, each list in the order of the message. Pointers live as long as it.
struct MimeParts {
    std::vector<BodyPart> bodies;
    std::vector<GMimePart*> attachments;  // inline images too
    std::vector<GMimeMessage*> messages;  // forwarded ones
    std::vector<LeftOutPart> leftOut;
    bool isEncrypted = false;
    bool isTooDeep = false;  // parts within parts within... were not looked at
};

// Of alternatives, the plain text is the body, HTML where there is none (or an empty one), and the
// HTML beside a plain text is at hand, since some only say that there is HTML. What is
// no text in another alternative is an attachment.
MimeParts mimePartsOf(GMimeMessage* message);

// A part's bytes without their transfer encoding.
std::string decodedBytes(GMimePart* part);

// The type as "image/png", in lower case; the value of a field as it stands, or empty.
std::string mimeTypeOf(GMimeObject* object);
std::string rawHeader(GMimeObject* object, const char* name);

// The file name that a part has, decoded; empty without one.
std::string fileNameOf(GMimeObject* object);

}  // namespace tl
