// SPDX-License-Identifier: Apache-2.0
#include "app/overview/licence_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace tl {

namespace {

constexpr size_t kMaxBytes = 200'000;  // longer texts are no licence files

// A licence is known by words that it begins with and, where these are those of several, by others
// that follow within so many letters. Rows stand in order: the first that fits a place
// is taken. Words are letters and digits alone, as Letters has them.
struct LicenceRow {
    std::string_view name;
    std::string_view begins;
    std::string_view follows = {};
};

constexpr size_t kReach = 3'000;

constexpr std::string_view kBsd = "redistributionanduseinsourceandbinaryforms";
constexpr std::string_view kZlib = "thissoftwareisprovidedasiswithoutanyexpressorimpliedwarranty";
constexpr std::string_view kGplNotice = "underthetermsofthegnugeneralpubliclicense";

constexpr auto kRows = std::to_array<LicenceRow>({
    {"Apache-2.0", "apachelicenseversion20january2004"},
    {"Apache-2.0", "licensedundertheapachelicenseversion20"},
    {"MPL-2.0", "mozillapubliclicenseversion20"},
    {"AGPL-3.0", "gnuafferogeneralpubliclicenseversion319november2007"},
    {"LGPL-3.0", "gnulessergeneralpubliclicenseversion329june2007"},
    {"LGPL-2.1", "gnulessergeneralpubliclicenseversion21february1999"},
    {"LGPL-2.0", "gnulibrarygeneralpubliclicenseversion2june1991"},
    {"GPL-3.0", "gnugeneralpubliclicenseversion329june2007"},
    {"GPL-2.0", "gnugeneralpubliclicenseversion2june1991"},
    {"GPL-1.0", "gnugeneralpubliclicenseversion1february1989"},
    {"BSL-1.0", "boostsoftwarelicenseversion10"},
    {"Unlicense", "thisisfreeandunencumberedsoftwarereleasedintothepublicdomain"},
    {"CC0-1.0", "cc010universal"},
    {"CC-BY-SA-4.0", "attributionsharealike40international"},
    {"CC-BY-4.0", "creativecommonsattribution40international"},
    {"CC-BY-SA-3.0", "creativecommonsattributionsharealike30"},
    {"CC-BY-3.0", "creativecommonsattribution30"},
    {"EPL-2.0", "eclipsepubliclicensev20"},
    {"OFL-1.1", "silopenfontlicenseversion11"},
    {"Artistic-2.0", "theartisticlicense20"},
    {"PSF-2.0", "pythonsoftwarefoundationlicenseversion2"},
    {"WTFPL", "dowhatthefuckyouwanttopubliclicense"},
    {"bzip2-1.0.6", kBsd, "theoriginofthissoftwaremustnotbemisrepresented"},
    {"BSD-4-Clause", kBsd, "alladvertisingmaterialsmentioning"},
    {"BSD-3-Clause", kBsd, "endorseorpromoteproducts"},
    {"BSD-2-Clause", kBsd, "inbinaryformmustreproduce"},
    {"Zlib", kZlib, "theoriginofthissoftwaremustnotbemisrepresented"},
    {"MIT", "permissionisherebygrantedfreeofchargetoanypersonobtainingacopy", "sublicense"},
    {"ISC", "permissiontousecopymodifyandordistributethissoftwareforanypurposewithorwithoutfee"},
    {"ISC", "permissiontousecopymodifyanddistributethissoftwareforanypurposewithorwithoutfee"},
    {"GPL-3.0-or-later", kGplNotice, "version3ofthelicenseoratyouroptionanylaterversion"},
    {"GPL-3.0-or-later", kGplNotice, "version3oratyouroptionanylaterversion"},
    {"GPL-2.0-or-later", kGplNotice, "version2ofthelicenseoratyouroptionanylaterversion"},
    {"GPL-2.0-or-later", kGplNotice, "version2oratyouroptionanylaterversion"},
    {"GPL-2.0", kGplNotice, "version2"},
    {"LGPL-2.1-or-later",
     "underthetermsofthegnulessergeneralpubliclicense",
     "version21ofthelicenseoratyouroption"},
});

// How far after a notice its version stands.
constexpr size_t kNoticeReach = 160;

// A text's letters and digits, in lower case, and where they stand.
struct Letters {
    explicit Letters(std::string_view whole) {
        const size_t size = std::min(whole.size(), kMaxBytes);
        for (size_t i = 0; i < size; ++i) {
            const auto c = static_cast<unsigned char>(whole[i]);
            if (std::isalnum(c) != 0 && c < 0x80) {
                text += static_cast<char>(std::tolower(c));
                places.push_back(static_cast<int64_t>(i));
            }
        }
    }

    ByteRange rangeOf(size_t at, size_t size) const {
        return {places[at], places[at + size - 1] + 1};
    }

    std::string text;
    std::vector<int64_t> places;
};

bool fits(const LicenceRow& row, std::string_view letters, size_t at) {
    const size_t reach = row.begins == kGplNotice ? kNoticeReach : kReach;
    const std::string_view behind = letters.substr(at + row.begins.size(), reach);
    return row.follows.empty() || behind.find(row.follows) != std::string_view::npos;
}

}  // namespace

std::vector<FoundLicence> licencesIn(std::string_view text) {
    const Letters letters(text);
    std::vector<FoundLicence> found;
    std::vector<size_t> taken;  // where licences begin
    const bool hasWholeGpl =
        letters.text.find("gnugeneralpubliclicenseversion") != std::string::npos &&
        letters.text.find("endoftermsandconditions") != std::string::npos;
    for (const LicenceRow& row : kRows) {
        for (size_t at = letters.text.find(row.begins); at != std::string::npos;
             at = letters.text.find(row.begins, at + 1)) {
            const bool isTaken = std::ranges::find(taken, at) != taken.end();
            // At the end of the GPL stands how to write a notice.
            const bool isExample = row.begins == kGplNotice && hasWholeGpl;
            if (isTaken || isExample || !fits(row, letters.text, at)) {
                continue;
            }
            taken.push_back(at);
            const bool isKnown = std::ranges::any_of(
                found, [&](const FoundLicence& licence) { return licence.name == row.name; });
            if (!isKnown) {
                found.push_back({row.name, letters.rangeOf(at, row.begins.size())});
            }
        }
    }
    std::ranges::stable_sort(found, {}, [](const FoundLicence& f) { return f.words.begin; });
    return found;
}

}  // namespace tl
