// SPDX-License-Identifier: Apache-2.0
// What files made for tools say of a project: package metadata, build files, version files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/overview/overview_input.h"
#include "ingest/document.h"

namespace tl {

enum class MetadataKind {
    kName,
    kVersion,
    kDescription,
    kLicence,
    kAuthor,
    kMaintainer,
    kProgram,        // what can be started: `key` is its name, `value` what it starts
    kScript,         // of npm: `key` is its name
    kPackage,        // of Debian: `key` is its name, `value` its description
    kHeaderVersion,  // a version in C's preprocessor, where nothing else tells one
};

struct MetadataField {
    MetadataKind kind = MetadataKind::kName;
    std::string key{};
    std::string value;
    const OverviewFile* file = nullptr;
    int64_t line = 1;
};

// All fields of all such files that are no side matter, in the order of input.files(). A value that
// a tool would still have to work out ("${VERSION}") is left out. The input outlives them.
std::vector<MetadataField> metadataOf(const OverviewInput& input);

// What a reader of one format adds fields to.
class MetadataSink {
public:
    MetadataSink(const OverviewFile& file, std::vector<MetadataField>& fields)
        : m_file(file), m_fields(fields) {}

    const Document& document() const { return *m_file.document; }
    const OverviewFile& file() const { return m_file; }
    void add(MetadataKind kind, std::string_view value, int64_t line, std::string_view key = {});

private:
    const OverviewFile& m_file;
    std::vector<MetadataField>& m_fields;
};

// The readers, one for each way to write such files.
void readKeyedMetadata(MetadataSink& sink);   // pyproject.toml, setup.cfg, Cargo.toml
void readDebianMetadata(MetadataSink& sink);  // debian/control, PKG-INFO: "Key: value"
void readJsonMetadata(MetadataSink& sink);    // package.json, composer.json
void readCallMetadata(MetadataSink& sink);    // CMakeLists.txt, configure.ac, meson.build
void readAssignedMetadata(
    MetadataSink& sink);  // setup.py, __version__, VERSION, #define, Makefile.am

}  // namespace tl
