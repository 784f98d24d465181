// SPDX-License-Identifier: Apache-2.0
#include "app/overview/metadata.h"

#include <algorithm>
#include <array>

namespace tl {

namespace {

constexpr size_t kMaxValueBytes = 400;
constexpr int64_t kMaxFileBytes = 1 << 20;

// Which reader a file has, by its name; a name with a slash is the end of a path.
struct Format {
    std::string_view name;
    void (*read)(MetadataSink& sink);
};

constexpr auto kFormats = std::to_array<Format>({
    {"pyproject.toml", readKeyedMetadata},    {"setup.cfg", readKeyedMetadata},
    {"Cargo.toml", readKeyedMetadata},        {"debian/control", readDebianMetadata},
    {"debian/changelog", readDebianMetadata}, {"PKG-INFO", readDebianMetadata},
    {"METADATA", readDebianMetadata},         {"package.json", readJsonMetadata},
    {"composer.json", readJsonMetadata},      {"CMakeLists.txt", readCallMetadata},
    {"configure.ac", readCallMetadata},       {"configure.in", readCallMetadata},
    {"meson.build", readCallMetadata},        {"setup.py", readAssignedMetadata},
    {"__init__.py", readAssignedMetadata},    {"__version__.py", readAssignedMetadata},
    {"__about__.py", readAssignedMetadata},   {"_version.py", readAssignedMetadata},
    {"version.py", readAssignedMetadata},     {"VERSION", readAssignedMetadata},
    {"VERSION.txt", readAssignedMetadata},    {"version.txt", readAssignedMetadata},
    {"Makefile.am", readAssignedMetadata},    {".h", readAssignedMetadata},
    {".hpp", readAssignedMetadata},           {"Makefile.in", readAssignedMetadata},
    {"Makefile", readAssignedMetadata},       {".py", readAssignedMetadata},
});

bool isNamed(const OverviewFile& file, std::string_view name) {
    if (name.starts_with('.')) {
        return file.base.ends_with(name);
    }
    if (name.find('/') == std::string_view::npos) {
        return file.base == name;
    }
    return file.name == name ||
           (file.name.ends_with(name) && file.name[file.name.size() - name.size() - 1] == '/');
}

// What a tool would replace: "${version}", "@VERSION@", "%(name)s", "{{ name }}",
// "attr: tern.__version__".
bool isPlaceholder(std::string_view value) {
    return value.find("${") != std::string_view::npos ||
           value.find("$(") != std::string_view::npos ||
           value.find("%(") != std::string_view::npos ||
           value.find("{{") != std::string_view::npos || value.starts_with("attr:") ||
           value.starts_with("file:") || value.starts_with('@') || value.starts_with('$');
}

}  // namespace

void MetadataSink::add(MetadataKind kind,
                       std::string_view value,
                       int64_t line,
                       std::string_view key) {
    value = stripped(value);
    const bool isUseless = value.empty() || value.size() > kMaxValueBytes || isPlaceholder(value) ||
                           value.find('\n') != std::string_view::npos || isPlaceholder(key);
    if (!isUseless) {
        m_fields.push_back({kind, std::string(key), std::string(value), &m_file, line});
    }
}

std::vector<MetadataField> metadataOf(const OverviewInput& input) {
    std::vector<MetadataField> fields;
    for (const OverviewFile& file : input.files()) {
        if (file.isSide || std::ssize(file.document->text) > kMaxFileBytes) {
            continue;
        }
        const auto* const format = std::ranges::find_if(
            kFormats, [&](const Format& candidate) { return isNamed(file, candidate.name); });
        if (format != kFormats.end()) {
            MetadataSink sink(file, fields);
            format->read(sink);
        }
    }
    return fields;
}

}  // namespace tl
