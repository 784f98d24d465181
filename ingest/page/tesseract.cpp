// SPDX-License-Identifier: Apache-2.0
// Tesseract's C interface (capi.h, version 5), taken from the library that is installed. Declared
// here as far as it is used, so that building needs nothing of it.
#include "ingest/page/tesseract.h"

#include <algorithm>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "base/utf8.h"
#include "ingest/page/leptonica.h"

namespace tl {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLibrary = "libtesseract.so.5";
constexpr size_t kMaxLanguages = 6;  // each costs time on every word

enum Level : int { kParagraph = 1, kLine = 2, kWord = 3 };

struct Api;
struct Results;
struct Pages;

struct Library {
    const char* (*version)() = nullptr;
    Api* (*create)() = nullptr;
    int (*init)(Api*, const char* folder, const char* languages) = nullptr;
    void (*setImage)(Api*, const unsigned char*, int, int, int, int) = nullptr;
    void (*setResolution)(Api*, int) = nullptr;
    int (*recognize)(Api*, void* monitor) = nullptr;
    Results* (*results)(Api*) = nullptr;
    void (*deleteResults)(Results*) = nullptr;
    int (*next)(Results*, int level) = nullptr;
    char* (*text)(const Results*, int level) = nullptr;
    float (*confidence)(const Results*, int level) = nullptr;
    Pages* (*pages)(Results*) = nullptr;
    int (*box)(const Pages*, int level, int*, int*, int*, int*) = nullptr;
    int (*isLast)(const Pages*, int level, int element) = nullptr;
    void (*deleteText)(const char*) = nullptr;
    void (*clear)(Api*) = nullptr;
};

struct Tesseract {
    Library library;
    std::string folder;     // of the language files
    std::string languages;  // "eng+deu"
    Api* api = nullptr;     // once it was needed; lives as long as the process
    bool isLoaded = false;
};

Tesseract& tesseract() {
    static Tesseract instance;
    return instance;
}

template <typename Fn>
bool find(void* handle, const char* name, Fn& function) {
    function = reinterpret_cast<Fn>(::dlsym(handle, name));
    return function != nullptr;
}

bool findAll(void* handle, Library& library) {
    return find(handle, "TessVersion", library.version) &&
           find(handle, "TessBaseAPICreate", library.create) &&
           find(handle, "TessBaseAPIInit3", library.init) &&
           find(handle, "TessBaseAPISetImage", library.setImage) &&
           find(handle, "TessBaseAPISetSourceResolution", library.setResolution) &&
           find(handle, "TessBaseAPIRecognize", library.recognize) &&
           find(handle, "TessBaseAPIGetIterator", library.results) &&
           find(handle, "TessResultIteratorDelete", library.deleteResults) &&
           find(handle, "TessResultIteratorNext", library.next) &&
           find(handle, "TessResultIteratorGetUTF8Text", library.text) &&
           find(handle, "TessResultIteratorConfidence", library.confidence) &&
           find(handle, "TessResultIteratorGetPageIterator", library.pages) &&
           find(handle, "TessPageIteratorBoundingBox", library.box) &&
           find(handle, "TessPageIteratorIsAtFinalElement", library.isLast) &&
           find(handle, "TessDeleteText", library.deleteText) &&
           find(handle, "TessBaseAPIClear", library.clear);
}

// English first, then the others by name; not the files about scripts and directions.
std::string languagesIn(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code failure;
    for (fs::directory_iterator it(folder, failure), end; !failure && it != end;
         it.increment(failure)) {
        const std::string name = it->path().stem().string();
        if (it->path().extension() == ".traineddata" && name != "osd" && name != "equ") {
            names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
        return std::pair(a != "eng", a) < std::pair(b != "eng", b);
    });
    names.resize(std::min(names.size(), kMaxLanguages));
    std::string joined;
    for (const std::string& name : names) {
        joined += (joined.empty() ? "" : "+") + name;
    }
    return joined;
}

void findLanguages(Tesseract& found) {
    for (const char* folder : kTesseractFolders) {
        found.languages = languagesIn(folder);
        if (!found.languages.empty()) {
            found.folder = folder;
            return;
        }
    }
}

struct TextDeleter {
    void operator()(char* text) const { tesseract().library.deleteText(text); }
};

struct ResultsDeleter {
    void operator()(Results* results) const { tesseract().library.deleteResults(results); }
};

std::string withoutSpace(std::string_view text) {
    std::string word;
    for (const char c : text) {
        const bool isSpaceOrControl = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
        word += isSpaceOrControl ? "" : std::string(1, c);
    }
    return isValidUtf8(word) ? word : std::string();
}

std::vector<OcrWord> wordsOf(Results* results) {
    const Library& library = tesseract().library;
    const Pages* pages = library.pages(results);
    std::vector<OcrWord> words;
    do {
        const std::unique_ptr<char, TextDeleter> text(library.text(results, kWord));
        OcrWord word;
        word.text = text ? withoutSpace(text.get()) : std::string();
        word.sureness = library.confidence(results, kWord);
        library.box(pages, kWord, &word.left, &word.top, &word.right, &word.bottom);
        word.endsLine = library.isLast(pages, kLine, kWord) != 0;
        word.endsParagraph = library.isLast(pages, kParagraph, kWord) != 0;
        if (!word.text.empty()) {
            words.push_back(std::move(word));
        } else if (!words.empty()) {  // an empty word may be the last one
            words.back().endsLine |= word.endsLine;
            words.back().endsParagraph |= word.endsParagraph;
        }
    } while (library.next(results, kWord) != 0);
    return words;
}

ReadStatus ensureApi(Tesseract& loaded) {
    if (!loaded.isLoaded || loaded.languages.empty()) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kNoTesseract}};
    }
    if (loaded.api != nullptr) {
        return readOk();
    }
    Api* api = loaded.library.create();
    if (loaded.library.init(api, loaded.folder.c_str(), loaded.languages.c_str()) != 0) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kTesseractLanguages}};
    }
    loaded.api = api;
    return readOk();
}

}  // namespace

std::string prepareTesseract() {
    Tesseract& found = tesseract();
    // The sandbox allows no threads.
    ::setenv("OMP_THREAD_LIMIT", "1", /*overwrite=*/1);
    void* handle = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
    found.isLoaded = handle != nullptr && findAll(handle, found.library) && loadLeptonica(handle);
    if (!found.isLoaded) {
        return "OCR: Tesseract is not installed";
    }
    findLanguages(found);
    return std::string("OCR: Tesseract ") + found.library.version() +
           (found.languages.empty() ? ", without languages" : " (" + found.languages + ")");
}

bool hasTesseract() {
    return tesseract().isLoaded && !tesseract().languages.empty();
}

Reading<std::vector<OcrWord>> recognise(const GreyImage& image) {
    Tesseract& loaded = tesseract();
    if (ReadStatus ready = ensureApi(loaded); !ready.ok()) {
        return ready.error();
    }
    const Library& library = loaded.library;
    library.setImage(
        loaded.api, image.pixels, image.width, image.height, /*bytes=*/1, image.bytesPerRow);
    library.setResolution(loaded.api, image.dotsPerInch);
    std::vector<OcrWord> words;
    if (library.recognize(loaded.api, nullptr) == 0) {
        const std::unique_ptr<Results, ResultsDeleter> results(library.results(loaded.api));
        if (results) {
            words = wordsOf(results.get());
        }
    }
    library.clear(loaded.api);
    return words;
}

}  // namespace tl
