// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/mime_parts.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "ingest/formats/mail/header_text.h"
#include "ingest/formats/mail/mime_handle.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

// Mailers nest a handful of levels.
constexpr int kMostLevels = 64;

// Text that a mail program shows as the body.
bool isBodyType(std::string_view type) {
    constexpr std::array<std::string_view, 6> kTypes{"text/plain",
                                                     "text/markdown",
                                                     "text/x-markdown",
                                                     "text/rfc822-headers",
                                                     "message/delivery-status",
                                                     "message/disposition-notification"};
    return isOneOf(type, kTypes);
}

// Other forms of a text that is there already.
bool isTwinOfText(std::string_view type) {
    constexpr std::array<std::string_view, 5> kTypes{
        "text/html", "text/enriched", "text/richtext", "text/watch-html", "text/x-amp-html"};
    return isOneOf(type, kTypes);
}

bool isSignatureType(std::string_view type) {
    constexpr std::array<std::string_view, 3> kTypes{"application/pgp-signature",
                                                     "application/pkcs7-signature",
                                                     "application/x-pkcs7-signature"};
    return isOneOf(type, kTypes);
}

bool isEnvelopeType(std::string_view type) {
    constexpr std::array<std::string_view, 3> kTypes{
        "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"};
    return isOneOf(type, kTypes);
}

// Null is nothing.
bool isA(GMimeObject* object, GType type) {
    return g_type_check_instance_is_a(reinterpret_cast<GTypeInstance*>(object), type) != FALSE;
}

bool isAttached(GMimeObject* object) {
    const std::string disposition = asciiLower(rawHeader(object, "Content-Disposition"));
    return std::string_view(trimmed(disposition)).starts_with("attachment");
}

std::vector<GMimeObject*> childrenOf(GMimeObject* object) {
    std::vector<GMimeObject*> children;
    if (isA(object, GMIME_TYPE_MULTIPART)) {
        auto* multipart = reinterpret_cast<GMimeMultipart*>(object);
        const int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count; ++i) {
            children.push_back(g_mime_multipart_get_part(multipart, i));
        }
    }
    return children;
}

// Whether the body of this type is to be had below: for HTML by its type, for plain text only when
// it is more than white space.
bool hasBody(GMimeObject* object, bool isHtml, int level) {
    if (object == nullptr || level > kMostLevels) {
        return false;
    }
    if (!isA(object, GMIME_TYPE_PART)) {
        const std::vector<GMimeObject*> children = childrenOf(object);
        return std::any_of(children.begin(), children.end(), [&](GMimeObject* child) {
            return hasBody(child, isHtml, level + 1);
        });
    }
    const std::string type = mimeTypeOf(object);
    if (isAttached(object) || (isHtml ? type != "text/html" : !isBodyType(type))) {
        return false;
    }
    return isHtml || !trimmed(decodedBytes(reinterpret_cast<GMimePart*>(object))).empty();
}

// The first page among the parts and those within them; null for none.
GMimePart* htmlAmong(const std::vector<GMimeObject*>& objects, int level) {
    for (GMimeObject* object : objects) {
        if (level > kMostLevels || isAttached(object)) {
            continue;
        }
        if (isA(object, GMIME_TYPE_PART) && mimeTypeOf(object) == "text/html") {
            return reinterpret_cast<GMimePart*>(object);
        }
        if (GMimePart* within = htmlAmong(childrenOf(object), level + 1)) {
            return within;
        }
    }
    return nullptr;
}

class MimeWalk {
public:
    MimeParts run(GMimeMessage* message) {
        m_root = g_mime_message_get_mime_part(message);
        walk(m_root, /*level=*/0);
        return std::move(m_parts);
    }

private:
    void walk(GMimeObject* object, int level) {
        if (object == nullptr) {
            return;
        }
        if (level > kMostLevels) {
            m_parts.isTooDeep = true;
        } else if (isA(object, GMIME_TYPE_MULTIPART_ENCRYPTED)) {
            m_parts.isEncrypted = true;
            leaveOut(object, level);
        } else if (mimeTypeOf(object) == "multipart/alternative") {
            walkAlternatives(childrenOf(object), level);
        } else if (isA(object, GMIME_TYPE_MULTIPART)) {
            for (GMimeObject* child : childrenOf(object)) {
                walk(child, level + 1);
            }
        } else if (isA(object, GMIME_TYPE_MESSAGE_PART)) {
            takeMessage(reinterpret_cast<GMimeMessagePart*>(object));
        } else if (isA(object, GMIME_TYPE_PART)) {
            takePart(reinterpret_cast<GMimePart*>(object));
        }
    }

    void takeMessage(GMimeMessagePart* part) {
        if (GMimeMessage* message = g_mime_message_part_get_message(part)) {
            m_parts.messages.push_back(message);
        }
    }

    void takePart(GMimePart* part) {
        auto* object = reinterpret_cast<GMimeObject*>(part);
        const std::string type = mimeTypeOf(object);
        if (isSignatureType(type)) {
            m_parts.leftOut.push_back({object, ReasonCode::kSignature});
        } else if (isEnvelopeType(type)) {
            takeEnvelope(object);
        } else if (isBody(object, type)) {
            m_parts.bodies.push_back({part, type == "text/html"});
        } else {
            m_parts.attachments.push_back(part);
        }
    }

    // A text with a file name is a file; but some mailers name the text of the mail itself.
    bool isBody(GMimeObject* object, std::string_view type) const {
        if (type != "text/html" && !isBodyType(type)) {
            return false;
        }
        return object == m_root || (!isAttached(object) && fileNameOf(object).empty());
    }

    void takeEnvelope(GMimeObject* object) {
        const std::string kind =
            asciiLower(headerParameter(rawHeader(object, "Content-Type"), "smime-type"));
        if (kind == "signed-data" || kind == "certs-only") {
            m_parts.leftOut.push_back({object, ReasonCode::kWithinSignature});
            return;
        }
        m_parts.isEncrypted = true;
        m_parts.leftOut.push_back({object, ReasonCode::kEncryptedPart});
    }

    void leaveOut(GMimeObject* object, int level) {
        if (level > kMostLevels) {
            m_parts.isTooDeep = true;
            return;
        }
        if (isA(object, GMIME_TYPE_PART)) {
            m_parts.leftOut.push_back({object, ReasonCode::kEncryptedPart});
        }
        for (GMimeObject* child : childrenOf(object)) {
            leaveOut(child, level + 1);
        }
    }

    void walkAlternatives(const std::vector<GMimeObject*>& children, int level) {
        GMimeObject* chosen = nullptr;
        for (const bool isHtml : {false, true}) {
            for (GMimeObject* child : children) {
                // The last one is the best, as the sender has it.
                chosen = chosen != nullptr && !isHtml        ? chosen
                         : hasBody(child, isHtml, level + 1) ? child
                                                             : chosen;
            }
            if (chosen != nullptr) {
                break;
            }
        }
        const size_t before = m_parts.bodies.size();
        for (GMimeObject* child : children) {
            if (child == chosen || chosen == nullptr) {
                walk(child, level + 1);
            } else {
                walkOther(child, level + 1);
            }
        }
        if (m_parts.bodies.size() == before + 1 && !m_parts.bodies.back().isHtml) {
            m_parts.bodies.back().html = htmlAmong(children, level + 1);
        }
    }

    // An alternative that is not read: its texts say what the chosen one says.
    void walkOther(GMimeObject* object, int level) {
        if (object == nullptr) {
            return;
        }
        const std::string type = mimeTypeOf(object);
        if (!isAttached(object) && (isBodyType(type) || isTwinOfText(type))) {
            return;
        }
        if (isA(object, GMIME_TYPE_MULTIPART) && !isA(object, GMIME_TYPE_MULTIPART_ENCRYPTED)) {
            if (level > kMostLevels) {
                m_parts.isTooDeep = true;
                return;
            }
            for (GMimeObject* child : childrenOf(object)) {
                walkOther(child, level + 1);
            }
            return;
        }
        walk(object, level);
    }

    GMimeObject* m_root = nullptr;
    MimeParts m_parts;
};

}  // namespace

MimeParts mimePartsOf(GMimeMessage* message) {
    return MimeWalk().run(message);
}

std::string decodedBytes(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) {
        return {};
    }
    const MimeObject<GMimeStream> memory(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, memory.get());
    const GByteArray* bytes =
        g_mime_stream_mem_get_byte_array(reinterpret_cast<GMimeStreamMem*>(memory.get()));
    return bytes->data == nullptr
               ? std::string()
               : std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

std::string mimeTypeOf(GMimeObject* object) {
    GMimeContentType* type = g_mime_object_get_content_type(object);
    if (type == nullptr) {
        return {};
    }
    const GText text(g_mime_content_type_get_mime_type(type));
    return asciiLower(text ? text.get() : "");
}

std::string rawHeader(GMimeObject* object, const char* name) {
    GMimeHeader* header =
        g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
    const char* value = header == nullptr ? nullptr : g_mime_header_get_raw_value(header);
    return value == nullptr ? "" : value;
}

std::string fileNameOf(GMimeObject* object) {
    std::string name = headerParameter(rawHeader(object, "Content-Disposition"), "filename");
    return name.empty() ? headerParameter(rawHeader(object, "Content-Type"), "name") : name;
}

}  // namespace tl
