// SPDX-License-Identifier: Apache-2.0
// GMime takes a message apart; what is said here is what becomes of its pieces. An mbox is divided
// by us, one message at a time, so that a large one is in memory once.
#include "ingest/formats/mail/read_mail.h"

#include <algorithm>
#include <array>
#include <gmime/gmime.h>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/ascii.h"
#include "ingest/formats/mail/body_text.h"
#include "ingest/formats/mail/flowed_text.h"
#include "ingest/formats/mail/header_text.h"
#include "ingest/formats/mail/mail_warnings.h"
#include "ingest/formats/mail/mbox_line.h"
#include "ingest/formats/mail/mime_handle.h"
#include "ingest/formats/mail/mime_parts.h"
#include "ingest/formats/mail/quote_folder.h"
#include "ingest/formats/mail/split_mbox.h"
#include "ingest/io/file_bytes.h"
#include "ingest/io/member_names.h"
#include "ingest/text/text_lines.h"
#include "ingest/xml/decode_html.h"
#include "ingest/xml/page_text.h"

namespace tl {
namespace {

using ParserOptions = std::unique_ptr<GMimeParserOptions, ParserOptionsCloser>;

// What an attachment without a name is called after "part-3".
std::string_view extensionOfType(std::string_view type) {
    struct Known {
        std::string_view type;
        std::string_view extension;
    };
    constexpr std::array<Known, 12> kKnown{{{"text/html", ".html"},
                                            {"text/plain", ".txt"},
                                            {"text/csv", ".csv"},
                                            {"text/calendar", ".ics"},
                                            {"text/x-patch", ".patch"},
                                            {"text/x-diff", ".diff"},
                                            {"application/json", ".json"},
                                            {"application/pdf", ".pdf"},
                                            {"application/zip", ".zip"},
                                            {"image/gif", ".gif"},
                                            {"image/jpeg", ".jpg"},
                                            {"image/png", ".png"}}};
    const auto* known =
        std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& k) { return k.type == type; });
    return known == kKnown.end() ? std::string_view() : known->extension;
}

// A line of the head; nothing for a field that is not there.
void appendField(std::string_view name, std::string_view value, std::string& head) {
    if (!value.empty()) {
        head += std::string(name) + ": ";
        head += value;
        head += '\n';
    }
}

std::string messageIdOf(GMimeObject* message) {
    const std::string field = decodeHeader(rawHeader(message, "Message-ID"));
    std::string_view id = trimmed(field);
    if (id.starts_with('<') && id.find('>') != std::string_view::npos) {
        id = id.substr(1, id.find('>') - 1);
    }
    return std::string(id);
}

bool isInlineEncrypted(std::string_view body) {
    constexpr std::string_view kArmour = "-----BEGIN PGP MESSAGE-----";
    return body.starts_with(kArmour) || body.find("\n" + std::string(kArmour)) != body.npos;
}

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    const std::string lower = asciiLower(text);
    constexpr std::string_view kBetween = " \t\n\r.,;:!?()[]<>\"'*|-";
    for (size_t at = lower.find_first_not_of(kBetween); at < lower.size();
         at = lower.find_first_not_of(kBetween, at)) {
        const size_t end = std::min(lower.find_first_of(kBetween, at), lower.size());
        words.push_back(lower.substr(at, end - at));
        at = end;
    }
    return words;
}

// What mail programs put in front of people who see no HTML is a sentence or two.
bool isShort(std::string_view text) {
    constexpr size_t kFewWords = 60;
    return wordsOf(text).size() <= kFewWords;
}

// Whether the plain text says what the page says: most of the page's words stand in it, if it has
// some.
bool hasWordsOf(std::string_view plain, std::string_view page) {
    const std::vector<std::string> list = wordsOf(plain);
    const std::unordered_set<std::string> known(list.begin(), list.end());
    const std::vector<std::string> words = wordsOf(page);
    const auto shared = std::count_if(
        words.begin(), words.end(), [&](const std::string& word) { return known.contains(word); });
    constexpr std::ptrdiff_t kFewWords = 4;
    return std::ssize(words) < kFewWords || shared * 2 >= std::ssize(words);
}

class MailReading {
public:
    explicit MailReading(const ReadRequest& request)
        : m_limits(request.limits), m_file(request.bytes), m_options(g_mime_parser_options_new()) {
        m_extract.kind = DocumentKind::kMail;
        g_mime_parser_options_set_warning_callback(m_options.get(), onWarning, this);
        constexpr std::string_view kMark = "\xEF\xBB\xBF";
        m_file.remove_prefix(m_file.starts_with(kMark) ? kMark.size() : 0);
        m_file.remove_prefix(std::min(m_file.find_first_not_of("\r\n"), m_file.size()));
        m_file = hasExtension(request.name, {".emlx"}) ? withoutByteCount(m_file) : m_file;
    }

    Reading<Extract> run() {
        m_isMbox = startsWithMboxLine(m_file);
        const ReadStatus status = m_isMbox ? readMbox() : readSingle();
        if (!status.ok()) {
            return status.error();
        }
        for (Reason& warning : m_warnings.take()) {
            m_extract.warnings.push_back(std::move(warning));
        }
        return std::move(m_extract);
    }

private:
    ReadStatus readMbox() {
        MboxMessages messages(m_file);
        while (const auto message = messages.next()) {
            if (m_isFull) {
                ++m_leftOut;
                continue;
            }
            readMessage(unquoteFromLines(*message));
        }
        if (m_isFull) {
            m_extract.warnings.push_back({.code = ReasonCode::kMailCut,
                                          .count = static_cast<int64_t>(m_leftOut),
                                          .limit = m_limits.maxTextBytes});
        }
        return readOk();
    }

    ReadStatus readSingle() {
        const size_t lineEnd = std::min(m_file.find('\n'), m_file.size());
        if (headerFieldName(m_file.substr(0, lineEnd)).empty()) {
            return Failure{ErrorCode::kCorrupt, {ReasonCode::kNoMail}};
        }
        readMessage(m_file);
        if (m_isFull) {
            return Failure{ErrorCode::kOutOfMemory,
                           {.code = ReasonCode::kTextOverLimit, .limit = m_limits.maxTextBytes}};
        }
        return readOk();
    }

    void readMessage(std::string_view bytes) {
        const MimeObject<GMimeStream> stream(
            g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
        const MimeObject<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
        m_damage = {};
        const MimeObject<GMimeMessage> message(
            g_mime_parser_construct_message(parser.get(), m_options.get()));
        const int64_t number = m_number + 1;
        if (m_damage != ReasonCode::kNone) {
            m_warnings.add(number, {m_damage});
        }
        if (message) {
            takeMessage(message.get(), /*nesting=*/0);
        } else {
            ++m_number;
            m_warnings.add(number, {ReasonCode::kNoHeaderFields});
            addUnit({}, bodyText(bytes, "").text);
        }
    }

    static void onWarning(gint64 /*offset*/,
                          GMimeParserWarning code,
                          const gchar* /*item*/,
                          gpointer self) {
        ReasonCode& damage = static_cast<MailReading*>(self)->m_damage;
        switch (code) {
            case GMIME_WARN_TRUNCATED_MESSAGE:
                damage = ReasonCode::kEndsWithinPart;
                break;
            case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY:
                damage = ReasonCode::kPartsNotTold;
                break;
            case GMIME_CRIT_NESTING_OVERFLOW:
                damage = ReasonCode::kPartsTooDeep;
                break;
            default:
                break;  // what mail programs put up with
        }
    }

    void takeMessage(GMimeMessage* message, int nesting) {
        const int64_t number = ++m_number;
        m_unnamed = 0;
        auto* object = reinterpret_cast<GMimeObject*>(message);
        const MimeParts parts = mimePartsOf(message);
        Unit unit;
        std::string text = headOf(object, unit);
        std::string body = joinBodies(parts, unit);
        if (m_isMbox || nesting > 0 || !parts.messages.empty()) {
            body = m_folder.fold(body);
        }
        if (parts.isTooDeep) {
            m_warnings.add(number, {ReasonCode::kPartsTooDeep});
        }
        noteDuplicate(unit);
        text += text.empty() || body.empty() ? "" : "\n";
        text += body;
        addUnit(std::move(unit), text);
        if (!m_isFull) {
            addAttachments(parts);
            takeForwarded(parts, nesting);
        }
    }

    void takeForwarded(const MimeParts& parts, int nesting) {
        const int64_t holder = m_number;
        for (GMimeMessage* message : parts.messages) {
            if (nesting >= m_limits.maxNesting) {
                m_warnings.add(
                    holder, {.code = ReasonCode::kForwardsTooDeep, .limit = m_limits.maxNesting});
                return;
            }
            takeMessage(message, nesting + 1);
            if (m_isFull) {
                return;
            }
        }
    }

    // From, To, Date and Subject as lines; what the unit says of them.
    std::string headOf(GMimeObject* message, Unit& unit) {
        unit.label = messageIdOf(message);
        unit.from = decodeAddresses(rawHeader(message, "From"));
        const std::string rawDate = rawHeader(message, "Date");
        unit.date = isoDate(rawDate);
        if (unit.date.empty()) {
            m_warnings.add(m_number, {ReasonCode::kNoValidDate});
        }
        const std::string subject = decodeHeader(rawHeader(message, "Subject"));
        if (!m_isMbox && m_number == 1) {
            m_extract.title = subject;
        }
        std::string head;
        appendField("From", unit.from, head);
        appendField("To", decodeAddresses(rawHeader(message, "To")), head);
        appendField("Cc", decodeAddresses(rawHeader(message, "Cc")), head);
        appendField("Date", unit.date.empty() ? decodeHeader(rawDate) : unit.date, head);
        appendField("Subject", subject, head);
        return head;
    }

    std::string joinBodies(const MimeParts& parts, Unit& unit) {
        std::string body;
        for (const BodyPart& part : parts.bodies) {
            const std::string text = textOfBody(part);
            if (!trimmed(text).empty()) {
                body += body.empty() || body.ends_with("\n\n") ? "" : "\n";
                body += text;
                body += body.ends_with('\n') ? "" : "\n";
            }
        }
        if (parts.isEncrypted || isInlineEncrypted(body)) {
            unit.warnings.push_back({ReasonCode::kEncryptedMessage});
        }
        return body;
    }

    // Of a body in HTML, or a plain text that only points there, the words of the page.
    std::string textOfBody(const BodyPart& body) {
        if (body.isHtml) {
            m_warnings.add(m_number, {ReasonCode::kHtmlBody});
            return textOfPage(body.part);
        }
        std::string text = textOfPart(body.part);
        if (body.html != nullptr && isShort(text)) {
            std::string page = textOfPage(body.html);
            if (!hasWordsOf(text, page)) {
                m_warnings.add(m_number, {ReasonCode::kPlainPartIsStub});
                return page;
            }
        }
        return text;
    }

    // A page that is too large to be taken apart stays with its marks.
    std::string textOfPage(GMimePart* part) {
        const std::string bytes = decodedBytes(part);
        const std::string type = rawHeader(reinterpret_cast<GMimeObject*>(part), "Content-Type");
        const std::string charset = headerParameter(type, "charset");
        std::string page;
        if (charset.empty()) {
            auto decoded = decodeHtml(bytes);
            page = decoded.ok() ? std::move(decoded.value().text) : "";
        }
        page = page.empty() ? textOfPart(part) : std::move(page);
        const auto extract = readPage(page, PageExtent::kAll, m_limits);
        return extract.ok() ? extract.value().text : page;
    }

    std::string textOfPart(GMimePart* part) {
        auto* object = reinterpret_cast<GMimeObject*>(part);
        const std::string type = rawHeader(object, "Content-Type");
        BodyText body = bodyText(decodedBytes(part), headerParameter(type, "charset"));
        if (!body.problem.isNone()) {
            m_warnings.add(m_number, body.problem);
        }
        if (asciiLower(headerParameter(type, "format")) != "flowed") {
            return std::move(body.text);
        }
        return unwrapFlowed(body.text, asciiLower(headerParameter(type, "delsp")) == "yes");
    }

    void noteDuplicate(const Unit& unit) {
        if (unit.label.empty()) {
            return;
        }
        const auto [first, isNew] = m_numbersById.emplace(unit.label, m_number);
        if (!isNew) {
            m_warnings.add(m_number, {.code = ReasonCode::kSameMessageId, .count = first->second});
        }
    }

    void addUnit(Unit unit, std::string_view text) {
        std::string& all = m_extract.text;
        const size_t gap = all.empty() ? 0 : 1;
        if (static_cast<int64_t>(all.size() + gap + text.size()) > m_limits.maxTextBytes) {
            m_isFull = true;
            ++m_leftOut;
            return;
        }
        all.append(gap, '\n');
        unit.kind = UnitKind::kMessage;
        unit.number = m_number;
        unit.begin = static_cast<int64_t>(all.size());
        all += text;
        unit.end = static_cast<int64_t>(all.size());
        m_extract.units.push_back(std::move(unit));
    }

    void addAttachments(const MimeParts& parts) {
        for (GMimePart* part : parts.attachments) {
            addPart(nameOf(reinterpret_cast<GMimeObject*>(part)), part);
        }
        for (const LeftOutPart& part : parts.leftOut) {
            Part entry;
            entry.name = nameOf(part.part);
            entry.skipReason.code = part.reason;
            pushPart(std::move(entry));
        }
    }

    std::string nameOf(GMimeObject* object) {
        ++m_unnamed;
        std::string name = fileNameOf(object);
        std::replace(name.begin(), name.end(), '/', '_');
        std::replace(name.begin(), name.end(), '\\', '_');
        if (name.empty()) {
            name = "part-" + std::to_string(m_unnamed);
            name += extensionOfType(mimeTypeOf(object));
        }
        return name;
    }

    void addPart(std::string name, GMimePart* part) {
        Part entry;
        entry.name = std::move(name);
        entry.bytes = decodedBytes(part);
        entry.size = static_cast<int64_t>(entry.bytes.size());
        if (entry.size > m_limits.maxPartBytes) {
            entry.skipReason = {.code = ReasonCode::kOverSizeLimit, .limit = m_limits.maxPartBytes};
        } else if (m_partBytes + entry.size > maxAllParts()) {
            entry.skipReason = {.code = ReasonCode::kAttachmentsOverLimit, .limit = maxAllParts()};
        } else if (entry.size == 0) {
            entry.skipReason.code = ReasonCode::kEmptyAttachment;
        }
        if (!entry.skipReason.isNone()) {
            entry.bytes = {};
        }
        m_partBytes += static_cast<int64_t>(entry.bytes.size());
        pushPart(std::move(entry));
    }

    // The file, the parts and the answer, which holds them again, share the memory.
    int64_t maxAllParts() const {
        const auto file = static_cast<int64_t>(m_file.size());
        return std::min(m_limits.maxTotalBytes,
                        std::max<int64_t>(0, (m_limits.maxMemoryBytes - file) / 3));
    }

    void pushPart(Part entry) {
        if (static_cast<int64_t>(m_extract.parts.size()) >= m_limits.maxParts) {
            m_warnings.add(m_number,
                           {.code = ReasonCode::kTooManyAttachments, .limit = m_limits.maxParts});
            return;
        }
        if (m_isMbox || m_number > 1) {
            entry.name = "message " + std::to_string(m_number) + "/" + entry.name;
        }
        entry.name = m_names.take(entry.name);
        m_extract.parts.push_back(std::move(entry));
    }

    const ReadLimits& m_limits;
    std::string_view m_file;
    ParserOptions m_options;
    Extract m_extract;
    MailWarnings m_warnings;
    QuoteFolder m_folder;
    MemberNames m_names;
    std::unordered_map<std::string, int64_t> m_numbersById;
    ReasonCode m_damage = ReasonCode::kNone;  // what GMime says of the message
    bool m_isMbox = false;
    bool m_isFull = false;  // the limit of text is reached
    size_t m_leftOut = 0;
    int64_t m_number = 0;
    int m_unnamed = 0;
    int64_t m_partBytes = 0;
};

}  // namespace

Reading<Extract> readMail(const ReadRequest& request) {
    prepareMail();
    return MailReading(request).run();
}

void prepareMail() {
    static const bool kIsPrepared = [] {
        g_mime_init();
        return true;
    }();
    static_cast<void>(kIsPrepared);
}

}  // namespace tl
