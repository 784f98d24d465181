// SPDX-License-Identifier: Apache-2.0
// Every encoding that people still have files in is tried on the bytes, and the text that comes
// out is held against the languages that are written in it. The detectors of ICU and uchardet know
// pairs of letters and so decide between languages that share their letters, but need more text
// than a short file has: each adds some points to its own choice.
#include "ingest/text/guess_charset.h"

#include <algorithm>
#include <array>
#include <memory>
#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <utility>
#include <vector>

#include "ingest/text/charset.h"
#include "ingest/text/charset_names.h"
#include "ingest/text/plausible_text.h"

namespace tl {
namespace {

constexpr size_t kSampleBytes = size_t{8} << 10;
// Found by trying on the texts of docs/formats.md, Encodings.
constexpr double kUchardetPoints = 0.15;
constexpr double kIcuPoints = 0.25;
constexpr double kSaidPoints = 0.6;
constexpr double kLeastScore = 0.45;
constexpr double kSureLead = 0.12;

struct Candidate {
    const char* charset;
    std::array<const char*, 14> locales;
    double points;      // by how common it is
    double namePoints;  // the same for names in archives
};

constexpr std::array<Candidate, 31> kCandidates{{
    {"Windows-1252",
     {"en", "de", "fr", "es", "pt", "it", "nl", "da", "nb", "sv", "fi", "is", "ca", "sq"},
     0.1,
     -0.1},
    {"Windows-1250", {"cs", "sk", "pl", "hu", "ro", "hr", "sl"}, 0.03, -0.1},
    {"ISO-8859-2", {"cs", "sk", "pl", "hu", "ro", "hr", "sl"}, 0, -0.2},
    {"ISO-8859-15", {"fr", "de", "fi", "et", "es", "it", "pt", "nl"}, 0, -0.2},
    {"Windows-1254", {"tr"}, 0, -0.1},
    {"Windows-1257", {"lt", "lv", "et"}, 0, -0.1},
    {"ISO-8859-13", {"lt", "lv", "et"}, -0.05, -0.2},
    {"Windows-1251", {"ru", "uk", "bg", "be", "sr"}, 0.05, 0},
    {"KOI8-R", {"ru"}, 0.03, -0.1},
    {"KOI8-U", {"uk"}, 0, -0.1},
    {"ISO-8859-5", {"ru", "bg", "sr", "uk"}, -0.05, -0.2},
    {"IBM866", {"ru", "bg", "uk"}, -0.05, 0.1},
    {"Mac-Cyrillic", {"ru", "uk"}, -0.1, -0.2},
    {"Windows-1253", {"el"}, 0.03, 0},
    {"ISO-8859-7", {"el"}, 0, -0.1},
    {"IBM737", {"el"}, -0.1, 0.1},
    {"Windows-1255", {"he"}, 0, -0.1},
    {"IBM862", {"he"}, -0.1, 0.1},
    {"Windows-1256", {"ar", "fa", "ur"}, 0, -0.1},
    {"ISO-8859-6", {"ar"}, -0.05, -0.2},
    {"Windows-874", {"th"}, 0, 0},
    {"Macintosh", {"en", "de", "fr", "es", "pt", "it", "nl", "da", "sv"}, -0.1, -0.2},
    {"IBM437", {"en", "de", "fr", "es", "it", "nl", "sv", "fi"}, -0.15, 0.05},
    {"IBM850", {"en", "de", "fr", "es", "pt", "it", "nl", "da", "sv", "fi"}, -0.1, 0.02},
    {"IBM852", {"cs", "sk", "pl", "hu", "hr", "sl"}, -0.15, 0.05},
    {"Windows-1258", {"vi"}, 0, -0.1},
    {"Shift_JIS", {"ja"}, 0.05, 0.05},
    {"EUC-JP", {"ja"}, 0.05, -0.1},
    {"GB18030", {"zh"}, 0.1, 0.05},
    {"Big5", {"zh_Hant"}, 0.05, 0.05},
    {"Windows-949", {"ko"}, 0.05, 0.05},
}};

struct Evidence {
    std::string uchardet;  // as ICU's own names, like the keys of `icu`
    std::vector<std::pair<std::string, double>> icu;
    std::string said;
};

struct Scored {
    const char* charset = "";
    std::u16string text;
    double score = -10;
    size_t characters = 0;  // beyond ASCII
};

// ICU's own name for an encoding, the same for all its aliases.
std::string canonicalName(std::string_view name) {
    const std::string icuName = icuCharsetName(name);
    if (icuName.empty()) {
        return {};
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
        ucnv_open(icuName.c_str(), &status), &ucnv_close);
    const char* canonical = U_SUCCESS(status) ? ucnv_getName(converter.get(), &status) : nullptr;
    return canonical != nullptr ? canonical : icuName;
}

std::string uchardetGuess(std::string_view bytes) {
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(),
                                                                         &uchardet_delete);
    if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) {
        return {};
    }
    uchardet_data_end(detector.get());
    return canonicalName(uchardet_get_charset(detector.get()));
}

std::vector<std::pair<std::string, double>> icuGuesses(std::string_view bytes) {
    std::vector<std::pair<std::string, double>> guesses;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status),
                                                                              &ucsdet_close);
    ucsdet_setText(detector.get(), bytes.data(), static_cast<int32_t>(bytes.size()), &status);
    int32_t count = 0;
    const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < count; ++i) {
        const char* name = ucsdet_getName(matches[i], &status);
        const int32_t confidence = ucsdet_getConfidence(matches[i], &status);
        if (U_SUCCESS(status) && name != nullptr) {
            guesses.emplace_back(canonicalName(name), confidence / 100.0);
        }
    }
    return guesses;
}

bool hasHighByte(std::string_view line) {
    return std::any_of(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0x80) != 0;
    });
}

// Lines that are not ASCII: what the rest of a file would only thin out.
std::string foreignLines(std::string_view bytes) {
    std::string sample;
    while (!bytes.empty() && sample.size() < kSampleBytes) {
        const size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
        const std::string_view line = bytes.substr(0, end);
        if (hasHighByte(line)) {
            sample += line.substr(0, kSampleBytes);
            sample += '\n';
        }
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    return sample;
}

// ICU's own names of the candidates, in their order.
const std::vector<std::string>& candidateNames() {
    static const std::vector<std::string> kNames = [] {
        std::vector<std::string> names;
        names.reserve(kCandidates.size());
        for (const Candidate& candidate : kCandidates) {
            names.push_back(canonicalName(candidate.charset));
        }
        return names;
    }();
    return kNames;
}

double detectorPoints(const std::string& candidate, const Evidence& evidence) {
    // No detector knows the Ukrainian one of the two.
    static const std::string kUkrainian = canonicalName("KOI8-U");
    static const std::string kRussian = canonicalName("KOI8-R");
    const std::string& name = candidate == kUkrainian ? kRussian : candidate;
    double points = name == evidence.uchardet ? kUchardetPoints : 0;
    for (const auto& [guess, confidence] : evidence.icu) {
        if (guess == name) {
            points += kIcuPoints * confidence;
            break;
        }
    }
    return points + (name == evidence.said ? kSaidPoints : 0);
}

double bestPlausibility(const ForeignCharacters& characters, const Candidate& candidate) {
    double best = -10;
    for (const char* locale : candidate.locales) {
        if (locale != nullptr) {
            best = std::max(best, plausibility(characters, locale));
        }
    }
    return best;
}

// How common an encoding is decides where little else does.
double commonPoints(double points, size_t characters) {
    constexpr double kFew = 8;
    return points * std::min(1.0, kFew / static_cast<double>(std::max<size_t>(1, characters)));
}

// The candidates that give the best text and the best other text.
std::array<Scored, 2> bestTwo(std::string_view sample, const Evidence& evidence, bool areNames) {
    std::array<Scored, 2> best;
    for (size_t i = 0; i < kCandidates.size(); ++i) {
        const Candidate& candidate = kCandidates[i];
        std::u16string text = convertToUtf16(sample, icuCharsetName(candidate.charset).c_str());
        if (text.empty()) {
            continue;
        }
        const ForeignCharacters characters = foreignCharacters(text);
        const double score =
            bestPlausibility(characters, candidate) +
            detectorPoints(candidateNames()[i], evidence) +
            commonPoints(areNames ? candidate.namePoints : candidate.points, characters.total);
        Scored scored{candidate.charset, std::move(text), score, characters.total};
        // Of encodings that give the same text the first is named, which is the most common one.
        if (scored.text == best[0].text) {
            best[0].score = std::max(best[0].score, scored.score);
        } else if (scored.score > best[0].score) {
            best[1] = std::exchange(best[0], std::move(scored));
        } else if (scored.score > best[1].score) {
            best[1] = std::move(scored);
        }
    }
    return best;
}

std::array<Scored, 2> guessIn(std::string_view bytes, bool areNames) {
    const std::string sample = foreignLines(bytes);
    const Evidence evidence{
        uchardetGuess(sample), icuGuesses(sample), canonicalName(charsetSaidIn(bytes))};
    return bestTwo(sample, evidence, areNames);
}

bool isSure(const std::array<Scored, 2>& best) {
    constexpr size_t kFewest = 4;
    return best[0].characters >= kFewest && best[0].score - best[1].score >= kSureLead;
}

// An encoding that is none of the candidates, but which the text names and is right in.
std::string rareCharset(std::string_view bytes) {
    const std::string said = charsetSaidIn(bytes);
    const std::string name = canonicalName(said);
    const std::vector<std::string>& known = candidateNames();
    const bool isCandidate = std::find(known.begin(), known.end(), name) != known.end();
    if (said.empty() || isCandidate) {
        return {};
    }
    const auto text = convertToUtf8(bytes, icuCharsetName(said).c_str());
    return text && !text->wasRepaired ? said : "";
}

}  // namespace

std::optional<CharsetGuess> guessCharset(std::string_view bytes) {
    if (std::string said = rareCharset(bytes); !said.empty()) {
        return CharsetGuess{std::move(said), true};
    }
    const std::array<Scored, 2> best = guessIn(bytes, /*areNames=*/false);
    if (best[0].score < kLeastScore) {
        return std::nullopt;
    }
    return CharsetGuess{best[0].charset, isSure(best)};
}

CharsetGuess guessNamesCharset(std::string_view names) {
    const std::array<Scored, 2> best = guessIn(names, /*areNames=*/true);
    if (best[0].score < kLeastScore) {
        return {"IBM437", false};
    }
    return {best[0].charset, isSure(best)};
}

}  // namespace tl
