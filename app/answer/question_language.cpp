// SPDX-License-Identifier: Apache-2.0
#include "app/answer/question_language.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace tl {

namespace {

// Function words without their accents. Words that two languages share stand in both lists, those
// of English included; what is common in code ("var", "def", "end") stands in none.
struct Language {
    std::string_view name;
    std::string_view words;  // between spaces
};

constexpr std::string_view kEnglish =
    " the an of to in on at by for from with and or not is are was were be been do does did has "
    "have had can could should will would must may what who whom whose where when why how which "
    "this that these those it its they there he she we you my your if as than about into many "
    "much long any all me no so but ";

constexpr auto kLanguages = std::to_array<Language>({
    {"German",
     " der die das den dem des ein eine einen einem einer ist sind war waren wird werden wurde "
     "hat haben kann wer was wo wie wann warum welche welcher welches wozu und oder nicht mit "
     "von zu zum zur im in auf aus bei fur uber es ich man steht gibt viele dieser diese "
     "dieses "},
    {"French",
     " le la les un une des du de et ou est sont etait ont qui que quoi quel quelle quels "
     "quelles quand comment pourquoi combien dans sur avec pour par ce cette ces il elle je "
     "on ne pas se au aux "},
    {"Spanish",
     " el la los las un una de del al es son esta estan fue era tiene hay quien quienes que "
     "cual cuales donde cuando como cuanto cuantos cuantas por para en con se su esto este no "
     "lo "},
    {"Italian",
     " il lo la gli le un una di del della dei delle sono era ha hanno chi che cosa cos quale "
     "quali dove quando come perche quanto quanti in con per da nel nella si questo questa "
     "non "},
    {"Portuguese",
     " um uma de do da dos das ou sao foi era tem quem que qual quais onde quando como quanto "
     "quantos por para em no na com se isto este esta nao "},
    {"Dutch",
     " de het een van en of is zijn was wordt heeft wie wat waar wanneer waarom hoe welke "
     "hoeveel in op met voor te dit dat deze die niet er "},
    {"Swedish",
     " den det en ett och eller ar har kan vem vad nar varfor hur vilken vilket vilka pa av "
     "med for att som till inte finns den denna "},
    {"Danish or Norwegian",
     " den det en et og eller er har kan hvem hva hvad hvor hvornar nar hvorfor hvordan "
     "hvilken hvilket hvilke pa af av med for at som til ikke denne dette "},
    {"Polish",
     " co kto gdzie kiedy jak jaki jaka jakie dlaczego ktory ktora ktore czy ile jest sa byl "
     "ma lub we na ze do od nie sie to ten ta tego "},
    {"Czech or Slovak",
     " co kdo kto kde kdy kedy jak ako jaky jaka jake proc preco ktery ktera ktore kolik je "
     "jsou su byl ma nebo ve na ze do od se sa to ten ta "},
    {"Turkish", " ne nedir nerede nasil neden kim kimdir kac hangi bu ve ile icin mi mu nicin "},
    {"Finnish",
     " mika mita missa kuka milloin miksi miten kuinka mitka on ovat oli ja tai ei se tama "},
    {"Indonesian or Malay",
     " apa siapa di mana kapan mengapa bagaimana berapa adalah yang dan atau untuk dari dengan "
     "ini itu pada ke tidak "},
});

// Letters of scripts: how many of which.
std::map<UScriptCode, int> scriptsOf(const icu::UnicodeString& text) {
    std::map<UScriptCode, int> scripts;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        UErrorCode error = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(c, &error);
        if (u_isalpha(c) && U_SUCCESS(error) && script != USCRIPT_COMMON &&
            script != USCRIPT_INHERITED) {
            ++scripts[script];
        }
    }
    return scripts;
}

// Words of two ASCII letters and more in lower case, once their accents are gone: one letter is as
// likely a variable.
std::set<std::string> wordsOf(const icu::UnicodeString& text) {
    std::set<std::string> words;
    std::string word;
    const auto end = [&] {
        if (word.size() > 1) {
            words.insert(word);
        }
        word.clear();
    };
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = u_tolower(text.char32At(i));
        if (c >= 'a' && c <= 'z') {
            word += static_cast<char>(c);
        } else if (u_charType(c) != U_NON_SPACING_MARK) {
            end();
        }
    }
    end();
    return words;
}

int64_t wordsIn(std::string_view list, const std::set<std::string>& words) {
    return std::ranges::count_if(words, [&](const std::string& word) {
        return list.find(" " + word + " ") != std::string_view::npos;
    });
}

std::string languageByWords(const std::set<std::string>& words) {
    const Language* best = &kLanguages[0];
    int64_t most = 0;
    for (const Language& language : kLanguages) {
        const int64_t count = wordsIn(language.words, words);
        if (count > most) {
            most = count;
            best = &language;
        }
    }
    // A foreign name or a quotation in an English question has English words around it.
    const bool isForeign = most >= 2 && most > wordsIn(kEnglish, words);
    return isForeign ? std::string(best->name) : "";
}

}  // namespace

std::string foreignLanguage(std::string_view question) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(question.data(), static_cast<int32_t>(question.size())));
    int letters = 0;
    const std::map<UScriptCode, int> scripts = scriptsOf(text);
    for (const auto& [script, count] : scripts) {
        letters += count;
    }
    const auto most =
        std::ranges::max_element(scripts, {}, [](const auto& entry) { return entry.second; });
    if (most == scripts.end()) {
        return "";
    }
    if (most->first != USCRIPT_LATIN) {
        return most->second * 2 > letters ? std::string(uscript_getName(most->first)) + " script"
                                          : "";
    }
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* decomposer = icu::Normalizer2::getNFDInstance(error);
    const icu::UnicodeString plain = U_SUCCESS(error) ? decomposer->normalize(text, error) : text;
    return languageByWords(wordsOf(U_SUCCESS(error) ? plain : text));
}

}  // namespace tl
