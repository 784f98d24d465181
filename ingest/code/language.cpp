// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/language.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>

namespace tl {

namespace {

// The extensions of a language, each with a space after it, and the interpreters of "#!" lines.
struct Row {
    Language language;
    std::string_view extensions;
    std::string_view interpreters = "";
    std::string_view fileNames = "";
};

constexpr bool kData = true;
constexpr bool kMarkup = true;

// In byte order of the names.
constexpr Row kRows[] = {
    {{"Ada"}, "adb ads "},
    {{"Assembly"}, "s asm "},
    {{"Bash"},
     "sh bash zsh ksh bats ebuild ",
     "sh bash zsh dash ksh ash ",
     ".bashrc .bash_profile .profile .zshrc PKGBUILD "},
    {{"C"}, "c h "},
    {{"C#"}, "cs csx ", "dotnet-script "},
    {{"C++"}, "cpp cc cxx c++ hpp hh hxx h++ inl ipp tpp ixx cppm "},
    {{"CMake"}, "cmake ", "", "CMakeLists.txt "},
    {{"CSS"}, "css "},
    {{"CUDA"}, "cu cuh "},
    {{"Clojure"}, "clj cljs cljc edn "},
    {{"D"}, "d "},
    {{"Dart"}, "dart ", "dart "},
    {{"Dockerfile"}, "dockerfile ", "", "Dockerfile Containerfile "},
    {{"Elixir"}, "ex exs ", "elixir "},
    {{"Erlang"}, "erl hrl ", "escript "},
    {{"F#"}, "fs fsi fsx "},
    {{"Fortran"}, "f f90 f95 f03 f08 for "},
    {{"Go"}, "go "},
    {{"GraphQL"}, "graphql gql "},
    {{"Groovy"}, "groovy gradle ", "groovy ", "Jenkinsfile "},
    {{"HTML", false, kMarkup}, "html htm xhtml "},
    {{"Haskell"}, "hs ", "runhaskell runghc stack "},
    {{"INI", kData}, "ini cfg properties "},
    {{"JSON", kData}, "json jsonc geojson webmanifest ", "", ".babelrc .eslintrc "},
    {{"Java"}, "java "},
    {{"JavaScript"}, "js mjs cjs jsx ", "node nodejs bun "},
    {{"Julia"}, "jl ", "julia "},
    {{"Kotlin"}, "kt kts ", "kotlin "},
    {{"LaTeX", false, kMarkup}, "tex sty cls "},
    {{"Lisp"}, "lisp lsp el "},
    {{"Lua"}, "lua rockspec ", "lua luajit "},
    {{"Make"}, "mk mak make ", "make ", "Makefile makefile GNUmakefile "},
    {{"Markdown", false, kMarkup}, "md markdown mdx mkd "},
    {{"Meson"}, "", "", "meson.build meson_options.txt "},
    {{"Nix"}, "nix "},
    {{"OCaml"}, "ml ", "ocaml "},
    {{"OCaml interface"}, "mli "},
    {{"Objective-C"}, "m mm "},
    {{"PHP"}, "php php5 phtml ", "php "},
    {{"Pascal"}, "pas pp "},
    {{"Perl"}, "pl pm t ", "perl "},
    {{"PowerShell"}, "ps1 psm1 psd1 ", "pwsh "},
    {{"Protocol Buffers"}, "proto "},
    {{"Python"}, "py pyi pyw bzl ", "python python2 python3 ", "SConstruct SConscript "},
    {{"R"}, "r ", "Rscript "},
    {{"Ruby"}, "rb rake gemspec ru ", "ruby ", "Rakefile Gemfile Vagrantfile Podfile "},
    {{"Rust"}, "rs "},
    {{"SQL"}, "sql ddl "},
    {{"Scala"}, "scala sc sbt ", "scala "},
    {{"Scheme"}, "scm ss rkt ", "guile racket "},
    {{"Swift"}, "swift ", "swift "},
    {{"TOML", kData}, "toml ", "", "Pipfile "},
    {{"TSX"}, "tsx "},
    {{"Tcl"}, "tcl ", "tclsh wish "},
    {{"Terraform"}, "tf tfvars hcl "},
    {{"TypeScript"}, "ts mts cts ", "deno ts-node "},
    {{"VHDL"}, "vhd vhdl "},
    {{"Verilog"}, "v sv svh "},
    {{"Vim script"}, "vim ", "", ".vimrc "},
    {{"XML", kData}, "xml xsd xsl xslt "},
    {{"YAML", kData}, "yaml yml ", "", ".clang-format .clang-tidy "},
    {{"Zig"}, "zig "},
    {{"reStructuredText", false, kMarkup}, "rst "},
};

static_assert(std::is_sorted(std::begin(kRows), std::end(kRows), [](const Row& a, const Row& b) {
    return a.language.name < b.language.name;
}));

bool lists(std::string_view words, std::string_view word) {
    if (word.empty() || word.find(' ') != std::string_view::npos) {
        return false;
    }
    for (size_t at = words.find(word); at != std::string_view::npos;
         at = words.find(word, at + 1)) {
        if ((at == 0 || words[at - 1] == ' ') && words[at + word.size()] == ' ') {
            return true;
        }
    }
    return false;
}

const Language* findRow(std::string_view Row::*list, std::string_view word) {
    for (const Row& row : kRows) {
        if (lists(row.*list, word)) {
            return &row.language;
        }
    }
    return nullptr;
}

const Language* named(std::string_view name) {
    const auto* row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& each) {
        return each.language.name == name;
    });
    return row == std::end(kRows) ? nullptr : &row->language;
}

// The program that a "#!" line names: "/usr/bin/env -S python3.11 -u" gives "python3".
std::string interpreterOf(std::string_view head) {
    if (!head.starts_with("#!")) {
        return {};
    }
    std::string_view line = head.substr(2, std::min<size_t>(head.find('\n'), 200) - 2);
    std::string word;
    while (!line.empty()) {
        const size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
        line.remove_prefix(begin);
        const size_t end = std::min(line.find_first_of(" \t\r"), line.size());
        word = line.substr(0, end);
        line.remove_prefix(end);
        word.erase(0, word.rfind('/') + 1);
        const bool isOption = word.starts_with('-') || word.find('=') != std::string::npos;
        if (!isOption && word != "env") {
            break;
        }
    }
    return word.substr(0, word.find('.'));
}

// Headers are C unless something in them is not.
bool looksLikeCpp(std::string_view head) {
    constexpr std::array<std::string_view, 8> kSigns = {
        "namespace ", "class ", "template", "public:", "private:", "std::", "constexpr", "nullptr"};
    return std::any_of(kSigns.begin(), kSigns.end(), [&](std::string_view sign) {
        return head.find(sign) != std::string_view::npos;
    });
}

// Where one extension serves several languages.
const Language* settle(std::string_view extension, std::string_view head, const Language* first) {
    const auto has = [&](std::string_view sign) {
        return head.find(sign) != std::string_view::npos;
    };
    if (extension == "h" && (has("@interface") || has("@protocol"))) {
        return named("Objective-C");
    }
    if (extension == "h" && looksLikeCpp(head)) {
        return named("C++");
    }
    // MATLAB, Mathematica, translations of Qt, Prolog and test data share these.
    const bool isObjectiveC = has("#import") || has("@implementation") || has("@interface");
    if (extension == "m" && !isObjectiveC) {
        return nullptr;
    }
    if (extension == "ts" && head.substr(0, 200).find("<!DOCTYPE TS>") != std::string_view::npos) {
        return named("XML");
    }
    if ((extension == "t" || extension == "pl") && !has("use ") && !has("my ") && !has("perl")) {
        return nullptr;
    }
    return first;
}

}  // namespace

const Language* languageOf(std::string_view name, std::string_view head) {
    const std::string_view file = name.substr(name.rfind('/') + 1);
    if (const Language* byName = findRow(&Row::fileNames, file)) {
        return byName;
    }
    const size_t dot = file.rfind('.');
    if (dot != std::string_view::npos && dot > 0) {
        std::string extension(file.substr(dot + 1));
        std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) {
            return static_cast<char>(std::tolower(c));
        });
        if (const Language* byExtension = findRow(&Row::extensions, extension)) {
            return settle(extension, head, byExtension);
        }
    }
    return findRow(&Row::interpreters, interpreterOf(head));
}

std::vector<std::string_view> languageNames() {
    std::vector<std::string_view> names;
    for (const Row& row : kRows) {
        names.push_back(row.language.name);
    }
    return names;
}

}  // namespace tl
