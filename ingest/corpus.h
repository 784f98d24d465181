// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/document.h"
#include "ingest/reader_set.h"
#include "ingest/reason.h"

namespace tl {

// Files that match are read at this level. The last rule that matches decides.
struct ReduceRule {
    std::string pattern;  // in .gitignore syntax
    ReadLevel level = ReadLevel::kFull;
};

// The text of files that match is in this encoding, whatever they look like; of archives the names
// in them. The last rule that matches decides.
struct EncodingRule {
    std::string pattern;   // in .gitignore syntax
    std::string encoding;  // isKnownEncoding()
};

// Whether text in an encoding of this name can be read: "Shift_JIS", "cp1251", "latin1".
bool isKnownEncoding(std::string_view name);

struct SourceOptions {
    int64_t maxFileBytes = 8 << 20;        // larger files are skipped, and said
    int64_t maxDocumentBytes = 256 << 20;  // likewise PDFs, archives and other binary formats; the
                                           // larger one of the two holds for them
    bool useIgnoreFiles = true;            // .gitignore, .ignore, .git/info/exclude, global
    bool useDefaultRules = true;       // VCS folders, dependencies, lock, generated, minified files
    std::vector<std::string> include;  // patterns in .gitignore syntax; when any is given, only
                                       // files that match one are taken
    std::vector<std::string> exclude;  // patterns in .gitignore syntax, stronger than include
    std::vector<ReduceRule> reduce;
    std::vector<EncodingRule> encodings;
    std::vector<std::filesystem::path> appended;  // files beside the chosen places, taken as chosen
                                                  // files are, and named by their whole paths so
                                                  // that they change no other file's name
    std::vector<std::string> passwords;           // tried in turn on files that need one
    bool ocr = false;                             // pages without usable text are read by Tesseract
    ReadLimits limits;  // for one file of the walk, with all that lies within
};

// The most that a file of this name may have: options.maxFileBytes or maxDocumentBytes, but never
// more than 1 GiB, since places in a text are of 32 bits.
int64_t maxBytesOf(std::string_view name, const SourceOptions& options);

enum class FileFate { kIn, kSkipped };

// One file or folder that the walk met. Nothing it met is left out of the list.
struct SourceEntry {
    std::filesystem::path path;
    std::string name;  // relative to the chosen folder, '/' separators, valid UTF-8 (bytes that are
                       // not become U+FFFD); a chosen file's own file name. When several places
                       // are chosen, a folder's own name stands in front, with as many of the
                       // parts above as tell the places apart
    FileFate fate = FileFate::kIn;
    Reason reason;  // why skipped; for a folder that was not entered, one entry stands for all it
                    // holds
    bool isFolder = false;
    bool isChosen = false;  // a file that the user named itself: no rule speaks against it but the
                            // limit of size, and that it must be text
    int64_t bytes = 0;
    int64_t modifiedNs = 0;  // when the file was last changed, from 1970; of a folder 0
    int nesting = 0;  // how many containers (archives, mails) it lies in; `path` is the outermost
    int64_t unpackedBytes = 0;  // what has been unpacked of the outermost, this file included
};

// Whether a pattern in .gitignore syntax speaks about a file of this name or a folder around it.
bool matchesPattern(const std::string& pattern, std::string_view name);

// What a walk calls with each entry as soon as its fate is known, on its own thread.
using FoundEntry = std::function<void(SourceEntry entry)>;

// Walks folders and files in a stable order (byte order of the names, folders' contents where the
// folder stands) and gives every entry its fate by name, kind, size and ignore rules; contents
// are looked at by readDocument(). Symbolic links below a chosen folder are not followed but
// skipped with where they lead, so walks end and meet each file once. What is chosen twice (a
// folder and a file within it) is taken once. A chosen path that does not exist is an entry that
// is skipped, as is a file of rules that cannot be used; kNotFound when none exists; kCancelled.
Status walkSources(const std::vector<std::filesystem::path>& roots,
                   const SourceOptions& options,
                   const std::stop_token& stop,
                   const FoundEntry& found);

// All that walkSources() finds.
Result<std::vector<SourceEntry>> collectSources(const std::vector<std::filesystem::path>& roots,
                                                const SourceOptions& options,
                                                const std::stop_token& stop = {});

// Reads one entry's text. UTF-8 with or without mark, UTF-16 and UTF-32 with mark or clear zero
// pattern, else the encoding that a rule names or that makes most sense, converted and said in
// `notes`. kUnsupported for what is no text (binary, empty, generated by its first lines,
// minified); kNotFound / kIo when it cannot be read; kIo when the size is not entry.bytes any more.
// Files within it stand in Document::parts. Thread-safe.
Reading<Document> readDocument(const SourceEntry& entry,
                               const SourceOptions& options,
                               ReaderSet& readers,
                               const std::stop_token& stop = {});

// As readDocument(), for bytes that are at hand: a part of another document.
Reading<Document> readBytes(const SourceEntry& entry,
                            std::string_view bytes,
                            const SourceOptions& options,
                            ReaderSet& readers,
                            const std::stop_token& stop = {});

// What was read of an entry, or why not: for an entry that is skipped, its reason. kInvalidInput
// when a password would help, and never else.
using EntrySink = std::function<void(SourceEntry entry, Reading<Document> document)>;

// Reads an entry and, where it is an archive or has attachments, all that lies within, containers
// within containers included, up to limits.maxNesting deep and limits.maxTotalBytes unpacked in
// all. Gives the entry first, then its members by their order in it, each followed by its own.
// Members have names below that of their container, and fates by the rules that need no folder
// around them: default rules, patterns and sizes, but no ignore files. Parts are let go as soon as
// they are read. Thread-safe.
void readWithMembers(const SourceEntry& entry,
                     const SourceOptions& options,
                     ReaderSet& readers,
                     const std::stop_token& stop,
                     const EntrySink& sink);

}  // namespace tl
