// SPDX-License-Identifier: Apache-2.0
// To add a format: a row in kSound with a maker. Harm of its own goes to addLyingFiles().
#include "tests/ingest/malformed_files.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>

#include "tests/ingest/formats/pdf/make_pdf.h"
#include "tests/ingest/io/make_archive.h"

namespace tl {
namespace {

constexpr int kDeep = 50'000;

std::string repeated(const std::string& piece, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += piece;
    }
    return text;
}

std::string fileOf(const std::string& name) {
    std::ifstream in(TL_SOURCE_DIR "/tests/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string dataOf(const std::string& name) {
    return fileOf("data/" + name);
}

std::string sampleOf(const std::string& name) {
    return dataOf("outlines/" + name);
}

std::string makeSmallPdf() {
    PdfSpec spec;
    for (int page = 1; page <= 3; ++page) {
        spec.pages.push_back({.texts = textLines(72, 90, {"Some words on a page.", "And more."})});
    }
    spec.title = "A small file";
    spec.headings = {{.title = "Some words", .page = 2, .top = 80}};
    return makePdf(spec);
}

std::vector<ArchiveMember> members() {
    return {{.name = "src/a.txt", .bytes = repeated("some words\n", 300)},
            {.name = "b.txt", .bytes = "x"}};
}

std::string makeMail() {
    return "Message-ID: <1@x>\nFrom: =?utf-8?Q?Jos=C3=A9?= <a@x>\nDate: Tue, 5 Mar 2024 10:00:00 "
           "+0100\nSubject: pumps\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
           "--b\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nIt \nstops.\n> one\n"
           "--b\nContent-Type: text/csv\nContent-Transfer-Encoding: base64\n"
           "Content-Disposition: attachment; filename*=utf-8''p%C3%A9.csv\n\nYSxiCjEsMgo=\n--b--\n";
}

std::string makeMbox() {
    const std::string line = "From a@x Tue Mar  5 10:00:00 2024\n";
    std::string box = line;
    box += makeMail();
    box += '\n';
    box += line;
    box += "From: b@x\nDate: Tue, 5 Mar 2024 10:00:00 +0100\n\n";
    return box + repeated("> quoted\n", 9);
}

std::string makeSubtitles(const std::string& start, const std::string& comma) {
    std::string text = start;
    for (int i = 10; i < 40; ++i) {
        const std::string second = std::to_string(i) + comma;
        text += "7\n00:00:";
        text += second;
        text += "000 --> 00:00:";
        text += second;
        text += "900\nAna: words <i>of</i> a cue.\n\n";
    }
    return text;
}

std::string makeWhisper() {
    return R"({"text": " one two", "segments": [)" +
           repeated(R"({"id": 0, "start": 1.5, "end": 2, "text": " one"},)", 20) +
           R"({"id": 1, "start": 2, "end": 3.25, "text": " two"}], "language": "en"})";
}

std::string makeNotebook() {
    return R"({"nbformat": 4, "metadata": {}, "cells": [)" +
           repeated(R"({"cell_type": "markdown", "source": ["a\n", "b"]},)", 10) +
           R"({"cell_type": "code", "source": "1+1", "execution_count": 1, "outputs": [)"
           R"({"output_type": "execute_result", "data": {"text/plain": ["2"]}}]}]})";
}

std::string wide(const std::string& ascii) {
    std::string bytes = "\xFF\xFE";
    for (const char c : ascii) {
        bytes += c;
        bytes += '\0';
    }
    return bytes;
}

struct SoundFile {
    std::string name;
    std::string format;
    std::function<std::string()> make;
};

const std::vector<SoundFile>& soundTable() {
    static const std::vector<SoundFile> kSound = {
        {"box.zip", "archive", [] { return makeArchive(members(), "zip"); }},
        {"box.tar", "archive", [] { return makeArchive(members(), "tar"); }},
        {"box.tar.gz", "archive", [] { return makeArchive(members(), "tar", "gzip"); }},
        {"box.tar.xz", "archive", [] { return makeArchive(members(), "tar", "xz"); }},
        {"log.txt.gz", "archive", [] { return makeArchive({members()[0]}, "raw", "gzip"); }},
        {"paper.pdf", "pdf", makeSmallPdf},
        {"screen.png", "image", [] { return dataOf("images/screen.png"); }},
        {"scan.tif", "image", [] { return dataOf("images/two_sheets.tif"); }},
        {"small.jpg", "image", [] { return dataOf("images/small.jpg"); }},
        {"small.webp", "image", [] { return dataOf("images/small.webp"); }},
        {"report.docx", "docx", [] { return dataOf("office/pandoc.docx"); }},
        {"report.odt", "odt", [] { return dataOf("office/pandoc.odt"); }},
        {"talk.pptx", "pptx", [] { return dataOf("office/pandoc.pptx"); }},
        {"book.epub", "epub", [] { return dataOf("office/pandoc.epub"); }},
        {"report.rtf", "rtf", [] { return dataOf("office/pandoc.rtf"); }},
        {"report.html", "html", [] { return dataOf("office/pandoc.html"); }},
        {"letter.eml", "mail", makeMail},
        {"list.mbox", "mail", makeMbox},
        {"talk.srt", "", [] { return makeSubtitles("", ","); }},
        {"talk.vtt", "", [] { return makeSubtitles("WEBVTT\n\n", "."); }},
        {"whisper.json", "", makeWhisper},
        {"talk.txt", "", [] { return repeated("Ana: It stops.\nBo: Why does it?\n", 40); }},
        {"notes.ipynb", "", makeNotebook},
        {"sums.csv", "", [] { return "a,b,c\n" + repeated("1,\"two \"\"2\"\"\",3\n", 50); }},
        {"sums.tsv", "", [] { return "a\tb\n" + repeated("1\t2\n", 50); }},
        {"paper.tex",
         "",
         [] {
             return "\\documentclass{article}\\begin{document}\n" +
                    repeated("\\section{One} words $x_1$ \\emph{more}\n", 20) + "\\end{document}\n";
         }},
        {"guide.md", "", [] { return sampleOf("guide.markdown"); }},
        {"wide.txt", "", [] { return wide(repeated("words of two bytes\n", 30)); }},
        {"shapes.c", "", [] { return sampleOf("shapes.c"); }},
        {"queue.cpp", "", [] { return sampleOf("queue.cpp"); }},
        {"store.py", "", [] { return sampleOf("store.py"); }},
        {"cart.js", "", [] { return sampleOf("cart.js"); }},
        {"service.ts", "", [] { return sampleOf("service.ts"); }},
        {"Account.java", "", [] { return sampleOf("Account.java"); }},
        {"server.go", "", [] { return sampleOf("server.go"); }},
        {"parser.rs", "", [] { return sampleOf("parser.rs"); }},
        {"shop.rb", "", [] { return sampleOf("shop.rb"); }},
        {"user.php", "", [] { return sampleOf("user.php"); }},
        {"page.html", "", [] { return sampleOf("page.html"); }},
        {"compose.yaml", "", [] { return sampleOf("compose.yaml"); }}};
    return kSound;
}

// All runs of digits become a number that nothing has.
std::string withHugeNumbers(const std::string& bytes) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    std::string out;
    for (size_t i = 0; i < bytes.size(); ++i) {
        if (!isDigit(bytes[i])) {
            out += bytes[i];
        } else if (i + 1 == bytes.size() || !isDigit(bytes[i + 1])) {
            out += "99999999999999999999";
        }
    }
    return out;
}

std::string withFlippedBits(std::string bytes, int percent, unsigned seed) {
    std::mt19937 random(seed);
    const size_t flips = std::max<size_t>(1, bytes.size() * static_cast<size_t>(percent) / 100);
    for (size_t i = 0; i < flips; ++i) {
        bytes[random() % bytes.size()] ^= static_cast<char>(1U << (random() % 8));
    }
    return bytes;
}

// Four bytes of ones every so often: sizes and offsets of binary formats.
std::string withOnes(std::string bytes, unsigned seed) {
    std::mt19937 random(seed);
    for (int i = 0; i < 5 && bytes.size() > 4; ++i) {
        bytes.replace(random() % (bytes.size() - 4), 4, 4, '\xFF');
    }
    return bytes;
}

using Spoiler = std::function<std::string(const std::string& sound)>;

struct NamedSpoiler {
    std::string name;
    Spoiler spoil;
};

const std::vector<NamedSpoiler>& spoilers() {
    static const std::vector<NamedSpoiler> kSpoilers = {
        {"start_only", [](const std::string& s) { return s.substr(0, 9); }},
        {"half", [](const std::string& s) { return s.substr(0, s.size() / 2); }},
        {"last_byte_gone", [](const std::string& s) { return s.substr(0, s.size() - 1); }},
        {"start_gone", [](const std::string& s) { return s.substr(s.size() / 3); }},
        {"middle_gone",
         [](const std::string& s) { return s.substr(0, s.size() / 3) + s.substr(s.size() / 2); }},
        {"twice", [](const std::string& s) { return s + s; }},
        {"other_magic", [](const std::string& s) { return "\x7F" + s.substr(1); }},
        {"one_bit", [](const std::string& s) { return withFlippedBits(s, 0, 1); }},
        {"some_bits", [](const std::string& s) { return withFlippedBits(s, 1, 2); }},
        {"many_bits", [](const std::string& s) { return withFlippedBits(s, 20, 3); }},
        {"ones", [](const std::string& s) { return withOnes(s, 4); }},
        {"huge_numbers", withHugeNumbers},
        {"nul_bytes", [](const std::string& s) { return s + std::string(100, '\0') + s; }},
        {"half_wide", [](const std::string& s) { return wide(s).substr(0, s.size() | 1U); }},
        {"brackets", [](const std::string& s) { return s + repeated("([{<", kDeep / 4); }}};
    return kSpoilers;
}

void addDeepFiles(std::vector<TestFile>& files) {
    const auto nested = [](const std::string& open, const std::string& inner, int levels) {
        return repeated(open, levels) + inner;
    };
    files.push_back({"deep.json", "", "{\"segments\": " + nested("[", "1", kDeep)});
    files.push_back(
        {"deep.ipynb", "", "{\"nbformat\": 4, \"cells\": " + nested("[{\"a\":", "1", kDeep)});
    files.push_back({"deep.md", "", nested("> ", "x\n", kDeep) + nested("- ", "y\n", kDeep)});
    files.push_back({"deep.tex", "", nested("\\emph{", "x", kDeep)});
    files.push_back({"deep.html", "", nested("<div>", "x", kDeep)});
    files.push_back({"deep.yaml", "", nested("- ", "x\n", kDeep)});
    files.push_back(
        {"deep.vtt", "", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + nested("<i>", "x\n", kDeep)});
    for (const char* extension : {"c", "cpp", "py", "js", "ts", "java", "go", "rs", "rb", "php"}) {
        const std::string start = std::string(extension) == "php" ? "<?php " : "";
        files.push_back(
            {std::string("deep.") + extension, "", start + nested("((((", "x", kDeep / 4)});
    }
    std::string mail = "From: a@x\n";
    for (int i = 0; i < 3000; ++i) {
        const std::string boundary = std::to_string(i);
        mail += "Content-Type: multipart/mixed; boundary=b" + boundary + "\n\n--b";
        mail += boundary + "\n";
    }
    files.push_back({"deep.eml", "mail", mail});
    files.push_back({"forwarded.eml",
                     "mail",
                     "From: a@x\n" + nested("Content-Type: message/rfc822\n\n", "x", 3000)});
}

void addLyingFiles(std::vector<TestFile>& files) {
    const std::string letters(40 << 20, 'x');
    files.push_back(
        {"bomb.gz", "archive", makeArchive({{.name = "x", .bytes = letters}}, "raw", "gzip")});
    files.push_back({"bomb.zip", "archive", makeArchive({{.name = "x", .bytes = letters}}, "zip")});
    std::string inner = "x";
    for (int i = 0; i < 8; ++i) {
        inner = makeArchive({{.name = "next.zip", .bytes = inner}}, "zip");
    }
    files.push_back({"nested.zip", "archive", inner});
    std::string tar = makeArchive(members(), "gnutar");
    tar.replace(124, 11, "77777777777");  // the size of the first member, in octal digits
    files.push_back({"size.tar", "archive", tar});
    files.push_back({"times.srt", "", "1\n99999999999:99:99,999 --> 0:0:0,0\nx\n"});
    files.push_back({"open.csv", "", "a,b\n\"" + repeated("never closed, ", kDeep)});
    files.push_back({"columns.csv", "", repeated(",", kDeep) + "\n" + repeated("\n", kDeep)});
    files.push_back({"line.py", "", "x = '" + repeated("a", 20 * kDeep) + "'\n"});
    files.push_back({"marks.md", "", repeated("#", kDeep) + " x\n" + repeated("```\n", kDeep)});
    files.push_back(
        {"words.eml", "mail", "Subject: " + repeated("=?utf-8?Q?=C3?= ", kDeep) + "\n\nx"});
    files.push_back(
        {"to.eml", "mail", "From: a\nTo: " + repeated("\"a\" <b@c>, ", kDeep) + "\n\nx"});
    files.push_back(
        {"pieces.eml",
         "mail",
         "From: a\nContent-Type: text/plain; " + repeated("name*9*=''%; ", kDeep) + "\n\nx"});
    files.push_back({"elements.html", "html", repeated("<div>", 4 * kDeep) + "x"});
    files.push_back({"groups.rtf", "rtf", "{\\rtf1 " + repeated("{", 4 * kDeep) + "x"});
    // A page tree that is its own child, and a page larger than anything.
    std::string pdf = makeSmallPdf();
    if (const size_t kids = pdf.find("/Kids ["); kids != std::string::npos) {
        std::string loop = pdf;
        loop.replace(kids, 8, "/Kids [2");
        files.push_back({"loop.pdf", "pdf", loop});
    }
    if (const size_t box = pdf.find("/MediaBox [0 0 612"); box != std::string::npos) {
        pdf.replace(box, 18, "/MediaBox [0 0 9e9");
        files.push_back({"page.pdf", "pdf", pdf});
    }
    files.push_back({"empty.zip", "archive", ""});
    files.push_back({"empty.eml", "mail", ""});
}

}  // namespace

std::vector<TestFile> soundFiles() {
    std::vector<TestFile> files;
    for (const SoundFile& sound : soundTable()) {
        files.push_back({sound.name, sound.format, sound.make()});
    }
    return files;
}

std::vector<TestFile> malformedFiles() {
    std::vector<TestFile> files;
    const std::vector<TestFile> sound = soundFiles();
    for (size_t i = 0; i < sound.size(); ++i) {
        for (const NamedSpoiler& spoiler : spoilers()) {
            files.push_back({spoiler.name + "_" + sound[i].name,
                             sound[i].format,
                             spoiler.spoil(sound[i].bytes)});
        }
        // Under the name of the next format.
        const TestFile& other = sound[(i + 1) % sound.size()];
        files.push_back(
            {"in_truth_" + sound[i].name.substr(0, sound[i].name.find('.')) + "_" + other.name,
             other.format,
             sound[i].bytes});
    }
    addDeepFiles(files);
    addLyingFiles(files);
    return files;
}

}  // namespace tl
