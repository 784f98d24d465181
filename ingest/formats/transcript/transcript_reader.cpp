// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/transcript/transcript_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "ingest/formats/transcript/chat_lines.h"
#include "ingest/formats/transcript/spoken_lines.h"
#include "ingest/formats/transcript/subtitles.h"
#include "ingest/formats/transcript/timed_lines.h"
#include "ingest/formats/transcript/whisper_json.h"
#include "ingest/text/text_lines.h"
#include "ingest/text/text_reader.h"

namespace tl {
namespace {

bool isJson(std::string_view name, std::string_view text) {
    const std::string_view start = trimmed(text.substr(0, 256));
    return hasExtension(name, {".json"}) && (start.starts_with('{') || start.starts_with('['));
}

bool isVtt(std::string_view text) {
    text.remove_prefix(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    return text.starts_with("WEBVTT") && (text.size() == 6 || text[6] <= ' ');
}

// A cue within the first lines; how many lines stand before it depends on the format.
bool startsWithCue(std::string_view text) {
    text.remove_prefix(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    size_t seen = 0;
    for (const TextLine& line : splitLines(text.substr(0, 1024))) {
        const std::string_view words = trimmed(line.text);
        if (words.empty()) {
            continue;
        }
        if (isTimingLine(words) && isAsciiDigit(words[0])) {
            return true;
        }
        if (++seen > 2) {
            break;
        }
    }
    return false;
}

int sniffJson(std::string_view head) {
    const auto has = [&](std::string_view word) {
        return head.find(word) != std::string_view::npos;
    };
    if (has("\"transcription\"") && has("\"timestamps\"")) {
        return 100;
    }
    if (has("\"text\"") && has("\"start\"") && has("\"end\"") &&
        (has("\"segments\"") || trimmed(head).starts_with('['))) {
        return 100;
    }
    if (has("\"messages\"") && has("\"date_unixtime\"") && has("\"from_id\"")) {
        return 100;  // Telegram
    }
    // openai-whisper writes all the words, which start with a space, before the segments.
    return trimmed(head).starts_with("{\"text\": \" ") ? 90 : 0;
}

class TranscriptReader : public Reader {
public:
    std::string_view name() const override { return "transcript"; }
    int version() const override { return 2; }

    int sniff(std::string_view name, std::string_view head) const override {
        if (isVtt(head)) {
            return 100;
        }
        if (isJson(name, head)) {
            return sniffJson(head);
        }
        if (hasExtension(name, {".srt", ".vtt"})) {
            return startsWithCue(head) ? 100 : 50;
        }
        if (hasExtension(name, {".sbv"})) {
            return startsLikeSbv(head) ? 100 : 50;
        }
        if (hasExtension(name, {".md", ".markdown"})) {
            return looksLikeChat(head) || looksLikeConversation(head) ? 80 : 0;
        }
        const bool isText = hasExtension(name, {".txt", ".transcript", ".text"}) ||
                            name.find('.') == std::string_view::npos;
        if (!isText) {
            return 0;
        }
        // More than the head is not at hand, and its last line may be cut.
        const bool isTimed =
            startsWithCue(head) || looksLikeWhisperLines(head) || startsLikeSbv(head);
        return isTimed || looksLikeChat(head) || looksLikeConversation(head) ? 80 : 0;
    }

    Reading<Extract> read(const ReadRequest& request) const override {
        auto decoded = decodeRequest(request);
        if (!decoded.ok()) {
            return decoded.error();
        }
        auto extract = readText(request.name, decoded.value().text);
        if (extract.ok()) {
            addNotesBefore(extract.value(), std::move(decoded.value().notes));
        }
        return extract;
    }

private:
    static Reading<Extract> readText(std::string_view name, const std::string& text) {
        if (isJson(name, text)) {
            return readJson(text);
        }
        if (isVtt(text) || startsWithCue(text) || hasExtension(name, {".srt", ".vtt"})) {
            CueList list = parseSubtitles(text);
            const bool hasCue = std::any_of(
                list.cues.begin(), list.cues.end(), [](const Cue& cue) { return cue.isSpoken; });
            return hasCue ? turnsFromCues(std::move(list)) : plainText(text, ReasonCode::kNoCues);
        }
        if (startsLikeSbv(text)) {
            if (auto list = parseSbv(text)) {
                return turnsFromCues(std::move(*list));
            }
        }
        if (looksLikeWhisperLines(text)) {
            if (auto list = parseWhisperLines(text)) {
                return turnsFromCues(std::move(*list));
            }
        }
        if (looksLikeChat(text)) {
            return readChat(text);
        }
        if (auto list = parseAnnouncedTurns(text)) {
            return turnsFromCues(std::move(*list));
        }
        if (looksLikeConversation(text)) {
            return readNamedLines(text);
        }
        return plainText(text, ReasonCode::kNoTurns);
    }

    static Reading<Extract> readJson(const std::string& text) {
        auto chat = readChatJson(text);
        if (!chat.ok()) {
            return chat.error();
        }
        if (chat.value()) {
            return std::move(*chat.value());
        }
        auto list = parseWhisperJson(text);
        if (!list.ok()) {
            return list.error();
        }
        if (!list.value()) {
            Extract extract = plainText(text, ReasonCode::kNoSegments);
            extract.kind = DocumentKind::kCode;
            extract.language = "JSON";
            return extract;
        }
        return turnsFromCues(std::move(*list.value()));
    }

    // What turned out to be no transcript stays what it is.
    static Extract plainText(const std::string& text, ReasonCode warning) {
        Extract extract;
        extract.text = text;
        extract.warnings.push_back({warning});
        return extract;
    }
};

}  // namespace

std::unique_ptr<Reader> makeTranscriptReader() {
    return std::make_unique<TranscriptReader>();
}

}  // namespace tl
