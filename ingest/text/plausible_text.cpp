// SPDX-License-Identifier: Apache-2.0
// A text that is read in a wrong encoding has letters that no single language has, symbols between
// letters, capitals after small letters. Which letters a language has is CLDR's knowledge, which
// ICU brings along; so short texts can be told apart, for which detectors that count pairs of
// letters do not have enough of them.
#include "ingest/text/plausible_text.h"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <unicode/uchar.h>
#include <unicode/ulocdata.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>
#include <unicode/utf16.h>

#include "base/ascii.h"

namespace tl {
namespace {

constexpr double kFrequentWeight = 0.6;
// What the frequent letters make up of a text in its own language, so that languages with and
// without such a list compare.
constexpr double kUsualBonus = 0.3;

// The letters that make up about two thirds of a text, of languages whose encodings exchange
// letters for letters.
struct FrequentLetters {
    std::string_view language;
    std::u16string_view letters;
};
constexpr std::array<FrequentLetters, 9> kFrequent{{
    {"ar", u"\u0627\u0644\u064A\u0645\u0648\u0646\u0631\u062A\u0628\u0629\u0639\u062F"},
    {"be", u"\u0430\u043D\u0456\u044B\u0440\u0442\u0441\u0435\u043A\u043B\u0446\u044F"},
    {"bg", u"\u0430\u0438\u043E\u0435\u043D\u0442\u0440\u0441\u0432\u043B\u0434\u043A"},
    {"el", u"\u03B1\u03BF\u03B9\u03B5\u03C4\u03C3\u03BD\u03B7\u03C5\u03C1\u03C0\u03BA\u03AF\u03C2"},
    {"he", u"\u05D9\u05D5\u05D4\u05DC\u05D0\u05DE\u05EA\u05E8\u05D1\u05E0\u05E9\u05D3"},
    {"ru", u"\u043E\u0435\u0430\u0438\u043D\u0442\u0441\u0440\u0432\u043B\u043A\u043C"},
    {"sr", u"\u0430\u0438\u043E\u0435\u043D\u0440\u0441\u0442\u0443\u0458\u0432\u043A"},
    {"th",
     u"\u0E32\u0E19\u0E23\u0E2D\u0E01\u0E40\u0E07\u0E21\u0E22\u0E25\u0E27\u0E14\u0E17\u0E49\u0E48"
     u"\u0E35"},
    {"uk", u"\u043E\u0430\u043D\u0438\u0456\u0442\u0435\u0440\u0432\u0441\u043A\u043B"},
}};

struct SetCloser {
    void operator()(USet* set) const { uset_close(set); }
};
using Set = std::unique_ptr<USet, SetCloser>;

struct Language {
    Set letters;      // that the language is written with, capitals included
    Set loanLetters;  // in its foreign words and names
    UScriptCode script = USCRIPT_INVALID_CODE;
    std::u16string_view frequent;
};

// The letters with cedilla, which all old encodings have for the Romanian ones with comma.
void addOldLetters(std::string_view locale, USet* letters) {
    if (locale == "ro") {
        for (const UChar32 c : {0x15E, 0x15F, 0x162, 0x163}) {
            uset_add(letters, c);
        }
    }
}

Set letterSet(ULocaleData* data, std::string_view locale, ULocaleDataExemplarSetType type) {
    UErrorCode status = U_ZERO_ERROR;
    Set set(ulocdata_getExemplarSet(data, nullptr, USET_ADD_CASE_MAPPINGS, type, &status));
    if (U_FAILURE(status) || !set) {
        return Set(uset_openEmpty());
    }
    addOldLetters(locale, set.get());
    uset_freeze(set.get());
    return set;
}

Language loadLanguage(const char* locale) {
    Language language;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<ULocaleData, decltype(&ulocdata_close)> data(
        ulocdata_open(locale, &status), &ulocdata_close);
    if (U_FAILURE(status)) {
        return {Set(uset_openEmpty()), Set(uset_openEmpty()), USCRIPT_INVALID_CODE, {}};
    }
    language.letters = letterSet(data.get(), locale, ULOCDATA_ES_STANDARD);
    language.loanLetters = letterSet(data.get(), locale, ULOCDATA_ES_AUXILIARY);
    std::array<UScriptCode, 8> scripts{};
    const int32_t count =
        uscript_getCode(locale, scripts.data(), static_cast<int32_t>(scripts.size()), &status);
    language.script = count > 0 ? scripts[0] : USCRIPT_INVALID_CODE;
    const std::string_view name(locale);
    for (const FrequentLetters& frequent : kFrequent) {
        if (frequent.language == name) {
            language.frequent = frequent.letters;
        }
    }
    return language;
}

// Loaded at the first text that needs it, and kept: a list takes up to a millisecond.
const Language& languageOf(const char* locale) {
    static std::mutex mutex;
    static std::map<std::string, Language, std::less<>> languages;  // guarded by mutex
    const std::lock_guard lock(mutex);
    const auto at = languages.find(std::string_view(locale));
    return at != languages.end() ? at->second
                                 : languages.emplace(locale, loadLanguage(locale)).first->second;
}

bool isLetter(char32_t c) {
    constexpr uint32_t kLetters = U_GC_L_MASK | U_GC_M_MASK;
    return (U_MASK(u_charType(static_cast<UChar32>(c))) & kLetters) != 0;
}

bool isAsciiLetter(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isHalfWidthKana(char32_t c) {
    return c >= 0xFF61 && c <= 0xFF9F;
}

// Marks that stand in texts of any language: quotes, dashes, degrees.
bool isUsualMark(char32_t c) {
    constexpr std::u16string_view kMarks =
        u"\u00A0\u00A7\u00A9\u00AB\u00AE\u00B0\u00B2\u00B3\u00B7\u00BA\u00BB\u00A3\u20AC\u2022"
        u"\u2026"
        u"\u2116\u2122\u00BF\u00A1";
    return (c < 0x10000 && kMarks.find(static_cast<char16_t>(c)) != std::u16string_view::npos) ||
           (c >= 0x2010 && c <= 0x201F) || (c >= 0x3000 && c <= 0x301F) ||
           (c >= 0xFF01 && c <= 0xFF5E);
}

bool isWide(char32_t c) {
    return c >= 0x2E80;
}

// What is wrong with a character between its neighbours, in points.
double penaltyOf(char32_t before, char32_t c, char32_t after) {
    const auto type = u_charType(static_cast<UChar32>(c));
    if (c == 0xFFFD || type == U_UNASSIGNED || type == U_PRIVATE_USE_CHAR ||
        type == U_CONTROL_CHAR) {
        return 3;
    }
    if (isHalfWidthKana(c)) {
        return isHalfWidthKana(before) || isHalfWidthKana(after) ? 0.3 : 1.2;
    }
    if (isLetter(c)) {
        return u_isupper(static_cast<UChar32>(c)) != 0 &&
                       u_islower(static_cast<UChar32>(before)) != 0
                   ? 0.8
                   : 0;
    }
    const bool isApostrophe = c == 0x2019 || c == 0xB7;
    if (isApostrophe || isWide(c)) {
        return 0;
    }
    const bool isBetween = isLetter(before) && isLetter(after);
    const bool isSymbolAtLetter = !isUsualMark(c) && (isLetter(before) || isLetter(after));
    return isBetween ? 1.5 : isSymbolAtLetter ? 0.7 : 0;
}

double valueOf(char32_t c, const Language& language) {
    const auto code = static_cast<UChar32>(c);
    if (isLetter(c) && !isHalfWidthKana(c)) {
        if (uset_contains(language.letters.get(), code) != 0) {
            return 1;
        }
        if (uset_contains(language.loanLetters.get(), code) != 0) {
            return 0.3;
        }
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(code, &status);
        return script == language.script || script == USCRIPT_INHERITED ? 0 : -0.7;
    }
    const bool isOfOthers = isWide(c) && language.script == USCRIPT_LATIN;
    return isUsualMark(c) && !isOfOthers ? 0.6 : 0;
}

// The share of frequent letters among the language's own, above what chance would give.
double frequentBonus(const ForeignCharacters& characters, const Language& language) {
    if (language.frequent.empty()) {
        return kUsualBonus;
    }
    size_t letters = 0;
    size_t frequent = 0;
    for (const auto& [c, count] : characters.counts) {
        if (!isLetter(c)) {
            continue;
        }
        letters += count;
        const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
        const bool isFrequent =
            lower < 0x10000 &&
            language.frequent.find(static_cast<char16_t>(lower)) != std::u16string_view::npos;
        frequent += isFrequent ? count : 0;
    }
    if (letters == 0) {
        return 0;
    }
    const double share = static_cast<double>(frequent) / static_cast<double>(letters);
    return kFrequentWeight * share - 0.1;
}

std::u32string codePoints(std::u16string_view text) {
    std::u32string all;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool isPair =
            U16_IS_LEAD(text[i]) && i + 1 < text.size() && U16_IS_TRAIL(text[i + 1]);
        all +=
            isPair ? static_cast<char32_t>(U16_GET_SUPPLEMENTARY(text[i], text[i + 1])) : text[i];
        i += isPair ? 1 : 0;
    }
    return all;
}

}  // namespace

ForeignCharacters foreignCharacters(std::u16string_view text) {
    const std::u32string all = codePoints(text);
    ForeignCharacters result;
    for (size_t i = 0; i < all.size(); ++i) {
        const char32_t c = all[i];
        if (c < 0x80) {
            continue;
        }
        const char32_t before = i > 0 ? all[i - 1] : U' ';
        const char32_t after = i + 1 < all.size() ? all[i + 1] : U' ';
        ++result.total;
        ++result.counts[c];
        if (isAsciiLetter(before) || isAsciiLetter(after)) {
            ++result.atAscii[c];
        }
        result.penalty += penaltyOf(before, c, after);
    }
    return result;
}

double plausibility(const ForeignCharacters& characters, const char* locale) {
    if (characters.total == 0) {
        return 0;
    }
    const Language& language = languageOf(locale);
    double sum = -characters.penalty;
    for (const auto& [c, count] : characters.counts) {
        sum += valueOf(c, language) * static_cast<double>(count);
    }
    if (language.script != USCRIPT_LATIN) {
        // Words are written in one script.
        for (const auto& [c, count] : characters.atAscii) {
            sum -= isLetter(c) ? 0.5 * static_cast<double>(count) : 0;
        }
    }
    return sum / static_cast<double>(characters.total) + frequentBonus(characters, language);
}

}  // namespace tl
